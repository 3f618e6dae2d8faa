import { z } from 'zod';
import { encodings } from './encoding.ts';
import { fieldNames, type FieldName } from './fields.ts';
import { presetNames } from './presets/presets.ts';

const mapping = /^(?<field>[A-Za-z]+)=(?<header>.+)$/s;

const columnText = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{C}]*$/u, 'expected the name of a column without control characters');
const columnTexts = z.union([columnText, z.array(columnText).max(64)]).optional();

/** `field=Name of the column`, once for each; `side=quantity` of one where the sign tells the side. */
const map = columnTexts.transform((entries, context) => {
  const all: { field: FieldName; header: string }[] = [];
  for (const entry of [entries ?? []].flat()) {
    const { field = '', header = '' } = mapping.exec(entry)?.groups ?? {};
    const name = fieldNames.find((each) => each.toLowerCase() === field.toLowerCase());
    if (name) all.push({ field: name, header: header.trim() });
    else {
      context.addIssue({
        code: 'custom',
        message: `expected FIELD=COLUMN with a field of ${fieldNames.join(', ')}, got "${entry}"`,
      });
    }
  }
  return all;
});

const ignore = columnTexts.transform((names) => [names ?? []].flat());

const flag = z
  .enum(['', 'true', 'false', '1', '0'])
  .optional()
  .transform((value) => value !== undefined && value !== 'false' && value !== '0');

/** How a caller may say that a file is to be read, as parameters of a query. */
export const readingQuery = {
  /** Columns by name: `map=price=Rate`. */
  map,
  /** Columns that are not to be read, nor to be asked about. */
  ignore,
  encoding: z.enum(encodings).optional(),
  preset: z.enum(presetNames).optional(),
  decimal: z.enum(['.', ',']).optional(),
  dates: z.enum(['dmy', 'mdy']).optional(),
  order: z.enum(['oldest-first', 'newest-first']).optional(),
  /** Transactions that the portfolio has: left out, or taken for new ones that are equal. */
  known: z.enum(['skip', 'import']).default('skip'),
  /** Says what would happen, and changes nothing. */
  'dry-run': flag,
};

const schema = z.object(readingQuery);

/** How one file is to be read. What is left out is found out, or the file is refused. */
export interface Reading extends Omit<z.output<typeof schema>, 'dry-run'> {
  readonly dryRun: boolean;
}

/** Nothing was said. */
export const plainReading: Reading = readingOf(schema.parse({}));

/** The reading among the parameters of a query, without the others. */
export function readingOf(query: z.output<typeof schema>): Reading {
  const { map, ignore, encoding, preset, decimal, dates, order, known } = query;
  return {
    map,
    ignore,
    encoding,
    preset,
    decimal,
    dates,
    order,
    known,
    dryRun: query['dry-run'],
  };
}

/** The reading of an import as it is stored; what an earlier version did not store is not said. */
export function readingFrom(stored: unknown): Reading {
  return { ...plainReading, ...(stored as Partial<Reading>) };
}
