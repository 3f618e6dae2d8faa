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

function renderObject(shape: JsonSchema, path: string): string[] {
  const fields = Object.entries(shape.properties ?? {}).filter(isSchema);
  const rows = fields.map(([key, field]) => renderRow(key, field, shape.required ?? []));
  const table = ['| key | what | values | default |', '| --- | --- | --- | --- |', ...rows];
  const inner = fields.flatMap(([key, field]) => {
    const [object, suffix] = isObject(field.items) ? [field.items, '[]'] : [field, ''];
    return object.properties ? renderObject(object, `${path}${path && '.'}${key}${suffix}`) : [];
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
