import { z } from 'zod';
import { didYouMean } from '../problem/did-you-mean.ts';
import { shortWriteupSchema } from './schema.ts';
import type { Path } from './frontmatter.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

const frontmatterShape = z.toJSONSchema(shortWriteupSchema, { io: 'input' });

/** `claims[1].run.pool`, as people write paths. */
export function formatPath(path: Path): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

/**
 * The issues of the form that was meant, where a value may have several forms: the one whose shape it
 * has. Paths are whole, as those of other issues are.
 */
export function meantIssues(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const shaped = issue.errors.filter(
    (branch) => !branch.some(({ code, path }) => code !== 'unrecognized_keys' && path.length === 0),
  );
  const [meant, another] = shaped;
  if (meant === undefined || another !== undefined) return [issue];
  return meant.flatMap((inner) => meantIssues({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** What is wrong with the value at the issue's path: expected, got, what to do. */
export function describeIssue(issue: z.core.$ZodIssue, data: unknown): string {
  const got = valueAt(data, issue.path);
  const expected = `expected ${expectation(issue)}`;
  const purpose = shapeAt(issue.path)?.description;
  const hint = purpose ? ` (${purpose})` : '';
  if (got === undefined) return `${formatPath(issue.path)} is missing: ${expected}${hint}`;
  const near = typeof got === 'string' ? didYouMean(got, wordsOf(issue)) : '';
  return `${formatPath(issue.path)}: ${expected}, got ${abridge(got)}.${near}${hint}`;
}

/** What to write in place of a key that the form once had, or that people expect it to have. */
const formerly: Readonly<Record<string, string>> = {
  outcome:
    ' Write expect: works, expect: { works: { fact: value } }, or expect: { fails: signature-id }.',
  signature:
    ' Write expect: { fails: signature-id }, or with facts { fails: { signature, facts } }.',
  facts: ' Write expect: { works: { fact: value } }, or expect: { fails: { signature, facts } }.',
};

/** What is wrong with one key that the schema does not know. */
export function describeUnknownKey(path: Path, key: string): string {
  const known = Object.keys(shapeAt(path)?.properties ?? {});
  const where = path.length === 0 ? 'the frontmatter' : formatPath(path);
  const instead = formerly[key] ?? didYouMean(key, known);
  return `unknown key "${key}" in ${where}.${instead} Known keys: ${known.join(', ')}`;
}

/** The words that would do. */
function wordsOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return issue.code === 'invalid_union' ? issue.errors.flat().flatMap(wordsOf) : [];
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return issue.expected;
  if (issue.code === 'invalid_value') return issue.values.map(String).join(' or ');
  if (issue.code === 'invalid_union') {
    return issue.errors.flatMap((branch) => branch.map(expectation)).join(', or ');
  }
  return issue.message.replace(/^.*?: expected /, '');
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[part]
        : undefined,
    data,
  );
}

function shapeAt(path: Path): JsonSchema | undefined {
  return path.reduce<JsonSchema | undefined>((shape, part) => {
    for (const one of [shape, ...(shape?.anyOf ?? [])]) {
      if (typeof one !== 'object') continue;
      const next =
        typeof part === 'number'
          ? one.items
          : (one.properties?.[String(part)] ?? one.additionalProperties);
      if (typeof next === 'object' && !Array.isArray(next)) {
        // What a value is for is said where all its forms are.
        return next.anyOf?.find(isMapping) ? { ...next.anyOf.find(isMapping), ...next } : next;
      }
    }
    return undefined;
  }, frontmatterShape);
}

function isMapping(shape: JsonSchema): boolean {
  return shape.properties !== undefined;
}

function abridge(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
