import { z } from 'zod';
import { didYouMean } from '../problem/did-you-mean.ts';
import { writeupSchema } from './schema.ts';
import type { Path } from './frontmatter.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

const frontmatterShape = z.toJSONSchema(writeupSchema, { io: 'input' });

/** `claims[1].run.pool`, as people write paths. */
export function formatPath(path: Path): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

/** What is wrong with the value at the issue's path: expected, got, what to do. */
export function describeIssue(issue: z.core.$ZodIssue, data: unknown): string {
  const got = valueAt(data, issue.path);
  const expected = `expected ${expectation(issue)}`;
  const purpose = shapeAt(issue.path)?.description;
  const hint = purpose ? ` (${purpose})` : '';
  if (got === undefined) return `${formatPath(issue.path)} is missing: ${expected}${hint}`;
  const near =
    issue.code === 'invalid_value' && typeof got === 'string'
      ? didYouMean(got, issue.values.map(String))
      : '';
  return `${formatPath(issue.path)}: ${expected}, got ${abridge(got)}.${near}${hint}`;
}

/** What is wrong with one key that the schema does not know. */
export function describeUnknownKey(path: Path, key: string): string {
  const known = Object.keys(shapeAt(path)?.properties ?? {});
  const where = path.length === 0 ? 'the frontmatter' : formatPath(path);
  return `unknown key "${key}" in ${where}.${didYouMean(key, known)} Known keys: ${known.join(', ')}`;
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
    const next =
      typeof part === 'number'
        ? shape?.items
        : (shape?.properties?.[String(part)] ?? shape?.additionalProperties);
    return typeof next === 'object' && !Array.isArray(next) ? next : undefined;
  }, frontmatterShape);
}

function abridge(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
