import { Refusal } from '../../worker/api/problem.ts';

const operators = ['!=', '>=', '<=', '=', '>', '<', '~'] as const;
type Operator = (typeof operators)[number] | 'exists';

/** A condition on a field of the data: `user.id = 42`. */
export interface Condition {
  readonly path: readonly string[];
  readonly operator: Operator;
  /** As it was written; in quotes it is a string, and only a string. */
  readonly value: string;
  readonly quoted: boolean;
}

const longest = 300;
const mostSteps = 20;

/**
 * Reads `path op value`: `user.id = 42`, `items.0.sku != "7"`, `total >= 10.5`, `note ~ late`,
 * `user.mail exists`. A step `*` is any element or field.
 * @throws Refusal with 400 for anything else.
 */
export function readCondition(text: string): Condition {
  const wrong = (what: string) =>
    new Refusal(
      400,
      `expected a condition such as user.id = 42, items.*.sku ~ abc or user.mail exists, got "${text.slice(0, 100)}": ${what}`,
    );
  if (text.length > longest) throw wrong(`it is longer than ${longest} characters`);
  const exists = /^\s*(\S+)\s+exists\s*$/.exec(text);
  const compared = /^\s*([^\s!=<>~]+)\s*(!=|>=|<=|=|>|<|~)\s*(.*?)\s*$/.exec(text);
  const written = exists?.[1] ?? compared?.[1];
  if (written === undefined) throw wrong('it has no path or no operator');
  const path = written.split('.');
  if (path.includes('')) throw wrong('a step of its path is empty');
  if (path.length > mostSteps) throw wrong(`its path has more than ${mostSteps} steps`);
  if (exists) return { path, operator: 'exists', value: '', quoted: false };
  const value = compared?.[3] ?? '';
  if (value === '') throw wrong('it has no value; "" is the empty text');
  const quoted = /^"(.*)"$/.exec(value)?.[1];
  const operator = operators.find((one) => one === compared?.[2]) ?? '=';
  return { path, operator, value: quoted ?? value, quoted: quoted !== undefined };
}

/** Elements or fields that a step `*` looks at. */
const mostBranches = 1000;

/** Whether data meets a condition. Only its own fields count, never those that every object has. */
export function meets(data: unknown, { path, operator, value, quoted }: Condition): boolean {
  const found = valuesAt(data, path);
  if (operator === 'exists') return found.length > 0;
  if (operator === '!=') return found.length > 0 && found.every((one) => !same(one, value, quoted));
  return found.some((one) => compare(one, operator, value, quoted));
}

/** What stands at a path. */
export function valuesAt(data: unknown, path: readonly string[]): unknown[] {
  let places: unknown[] = [data];
  for (const step of path) {
    const next: unknown[] = [];
    for (const place of places) {
      if (typeof place !== 'object' || place === null) continue;
      if (step === '*') next.push(...(Object.values(place) as unknown[]).slice(0, mostBranches));
      else if (Object.hasOwn(place, step)) next.push((place as Record<string, unknown>)[step]);
      if (next.length > mostBranches) break;
    }
    places = next;
  }
  return places;
}

function compare(
  found: unknown,
  operator: Exclude<Operator, 'exists' | '!='>,
  value: string,
  quoted: boolean,
): boolean {
  if (operator === '=') return same(found, value, quoted);
  if (operator === '~') {
    return isScalar(found) && String(found).toLowerCase().includes(value.toLowerCase());
  }
  const [left, right] =
    typeof found === 'number' && !quoted ? [found, Number(value)] : [found, value];
  if (typeof left === 'string' && typeof right === 'string') return order(left, operator, right);
  return typeof left === 'number' && typeof right === 'number' && order(left, operator, right);
}

function order<Value extends string | number>(
  left: Value,
  operator: '>' | '>=' | '<' | '<=',
  right: Value,
): boolean {
  switch (operator) {
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
  }
}

function same(found: unknown, value: string, quoted: boolean): boolean {
  if (quoted) return found === value;
  return isScalar(found) && String(found) === value;
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
