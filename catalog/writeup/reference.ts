import { z } from 'zod';

import { requiredHeadings } from './headings.ts';
import { metrics } from './metrics.ts';
import { shortWriteupSchema } from './schema.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** docs/frontmatter.md: every field of a write-up, told by the schema that checks it. */
export function renderReference(): string {
  const headings = requiredHeadings.map((heading) => `\`## ${heading}\``).join(', ');
  return [
    '<!-- Written by `npm run docs` from catalog/writeup/schema.ts. -->',
    '# The frontmatter of a write-up',
    'What stands between the two lines of `---` in `bugs/NNN-slug.mdx`. Keys that are not listed here are refused.',
    `Below it stands the text, with the headings ${headings} in this order; others may stand between.`,
    shortForm,
    ...renderObject(z.toJSONSchema(shortWriteupSchema, { io: 'input' }), ''),
    '## What `seen` can measure',
    [
      '| metric | what |',
      '| --- | --- |',
      ...Object.entries(metrics).map(([name, what]) => `| \`${name}\` | ${what} |`),
    ].join('\n'),
    '',
  ].join('\n\n');
}

/** What has the same keys as something else: a claim's own run, and the further conditions of a rule. */
const toldElsewhere = new Set(['claims[].run', 'applies[].perhaps', 'applies[].unless']);

/** What no single key tells. */
const shortForm = [
  'What holds for every claim stands once under `run`; under its own `run` a claim says what differs, and `null` takes a value back. A key in the plural takes several values: one run for each, times those of the other keys. A claim on another engine than the write-up takes nothing over but the platforms.',
  'Facts are compared with what the scenario noted: `solo` or `true` is the very value, `2` the number, `>= 1` and `< 1000` a comparison.',
  'A rule under `applies` asks for facts that doctor has seen: all that stands in it must hold, a fact that is not known does not, and `[a, b]` is either. `- sure: { broker: { maxmemory-policy: "!= noeviction" } }` is a whole rule. Which versions are `affected` follows from the evidence. Each rule is tested both ways without a test of its own.',
  "Values that look like numbers are put in quotes: `python: '3.11'`, `server: '7.0'`, `shm: '0755'`.",
].join('\n\n');

function renderObject(shape: JsonSchema, path: string): string[] {
  const fields = Object.entries(shape.properties ?? {}).filter(isSchema);
  const rows = fields.map(([key, field]) => renderRow(key, field, shape.required ?? []));
  const table = ['| key | what | values | default |', '| --- | --- | --- | --- |', ...rows];
  const inner = fields.flatMap(([key, field]) => {
    const items = [field, ...(field.anyOf ?? [])].flatMap((one): JsonSchema[] =>
      isObject(one) && isObject(one.items) ? [one.items] : [],
    );
    const [object, suffix] = items[0] ? [items[0], '[]'] : [field, ''];
    if (!object.properties) return [];
    const inside = `${path}${path && '.'}${key}${suffix}`;
    return toldElsewhere.has(inside) ? [] : renderObject(object, inside);
  });
  return [path ? `## \`${path}\`` : '## Top level', table.join('\n'), ...inner];
}

function renderRow(key: string, field: JsonSchema, required: readonly string[]): string {
  const fallback = field.default === undefined ? 'none' : `\`${JSON.stringify(field.default)}\``;
  const cells = [
    `\`${key}\``,
    field.description ?? '',
    renderValues(field),
    required.includes(key) ? 'required' : fallback,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function renderValues(field: JsonSchema): string {
  if (field.enum) return field.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (field.const !== undefined) return `\`${String(field.const)}\``;
  if (field.type === 'null') return '`null`';
  if (field.type === 'boolean') return '`true`, `false`';
  if (field.type === 'number') return 'a number';
  if (field.anyOf) return field.anyOf.filter(isObject).map(renderValues).join(' or ');
  if (isObject(field.items)) {
    return field.items.properties ? 'a list, see below' : `a list of: ${renderValues(field.items)}`;
  }
  if (field.properties) return 'see below';
  if (field.examples)
    return `such as ${field.examples.map((one) => `\`${String(one)}\``).join(', ')}`;
  if (field.format === 'date') return 'a date, `2026-01-31`';
  if (field.format === 'uri') return 'a URL';
  if (isObject(field.additionalProperties)) return 'a mapping of names to text';
  const { minLength: min, maxLength: max } = field;
  if (max !== undefined) return `text of ${min ?? 0} to ${max} characters`;
  return min !== undefined && min > 1 ? `text of ${min} characters or more` : 'text';
}

function isObject(schema: unknown): schema is JsonSchema {
  return typeof schema === 'object' && schema !== null && !Array.isArray(schema);
}

function isSchema(entry: [string, unknown]): entry is [string, JsonSchema] {
  return isObject(entry[1]);
}
