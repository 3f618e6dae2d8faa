import { BadFile } from './bad-file.ts';
import { findColumns } from './columns.ts';
import type { CsvRecord } from './csv-records.ts';
import { echo } from './echo.ts';
import { normalise, type FieldName } from './fields.ts';
import type { Preset } from './presets/preset.ts';
import { presets } from './presets/presets.ts';
import type { Reading } from './reading.ts';
import type { FileContext } from './row-fields.ts';

export interface Header {
  readonly line: number;
  readonly context: Omit<FileContext, 'conventions' | 'feeSigns'>;
  readonly feeSign: Preset['feeSign'];
  /** What the caller says of numbers and dates, or else the preset. */
  readonly said: Pick<Reading, 'decimal' | 'dates'>;
  /** Whether a row stands below the table. */
  readonly isFooter: (record: CsvRecord) => boolean;
}

/** Lines that may stand before the header of an export that has such lines. */
const longestPreamble = 30;

/**
 * Finds the header among the first rows of a file, and what it says.
 * @returns undefined when there is none.
 * @throws BadFile
 */
export function findHeader(records: readonly CsvRecord[], reading: Reading): Header | undefined {
  const preset = presets.find(({ name }) => name === reading.preset);
  // Excel's own line, which names the delimiter.
  const table = /^sep=/i.test(records[0]?.fields[0] ?? '') ? records.slice(1) : records;
  const record = preset ? headerOf(preset, table) : table[0];
  if (!record) return undefined;
  const header = record.fields;
  const columns = findColumns(
    header,
    record.line,
    preset ? withPreset(preset, header, reading) : reading,
    preset?.constants,
  );
  return {
    line: record.line,
    context: {
      columns,
      kindOf: kindsOf(preset?.kinds ?? {}),
      constants: preset?.constants ?? {},
      sign: preset?.sign,
    },
    feeSign: preset?.feeSign,
    said: {
      decimal: reading.decimal ?? preset?.decimal,
      dates: reading.dates ?? preset?.dates,
    },
    isFooter: ({ fields }) => preset?.footer?.test(fields[0] ?? '') ?? false,
  };
}

/** What the words of an export mean. */
function kindsOf(kinds: NonNullable<Preset['kinds']>): FileContext['kindOf'] {
  const whole = new Map(Object.entries(kinds));
  const starts = [...whole].flatMap(([word, kind]) =>
    word.endsWith('*') ? { start: word.slice(0, -1), kind } : [],
  );
  return (word) => whole.get(word) ?? starts.find(({ start }) => word.startsWith(start))?.kind;
}

/** @throws BadFile when no row has the columns of the export. */
function headerOf(preset: Preset, records: readonly CsvRecord[]): CsvRecord | undefined {
  const candidates = records.slice(0, preset.preamble ? longestPreamble : 1);
  const missingIn = ({ fields }: CsvRecord) => {
    const names = new Set(fields.map(normalise));
    return Object.values(preset.map)
      .flat()
      .filter((name) => !names.has(normalise(name)));
  };
  const [best] = candidates.toSorted(
    (one, other) => missingIn(one).length - missingIn(other).length,
  );
  if (!best) return undefined;
  const missing = missingIn(best);
  if (missing.length === 0) return best;
  throw new BadFile([
    {
      line: best.line,
      reason: `expected the columns of ${preset.title} (${preset.source.at}), got none called ${missing.map(echo).join(', ')}. Has the export changed? Leave out preset=${preset.name}, and name columns with map=…`,
    },
  ]);
}

/** What the caller says comes before what the preset says. */
function withPreset(
  preset: Preset,
  header: readonly string[],
  reading: Reading,
): Pick<Reading, 'map' | 'ignore'> {
  const said = new Set(reading.map.map(({ field }) => field));
  const names = new Set(header.map(normalise));
  const needed = entriesOf(preset.map);
  const possible = entriesOf(preset.optional ?? {}).filter(({ header: name }) =>
    names.has(normalise(name)),
  );
  return {
    map: [
      ...reading.map,
      ...[...needed, ...possible].filter(({ field }) => !said.has(field)),
      ...(preset.signedQuantity ? [{ field: 'side' as const, header: 'quantity' }] : []),
    ],
    ignore: [
      ...reading.ignore,
      ...(preset.ignore ?? []).filter((name) => names.has(normalise(name))),
    ],
  };
}

function entriesOf(map: Preset['map']): { field: FieldName; header: string }[] {
  return (Object.entries(map) as [FieldName, readonly string[]][]).flatMap(([field, headers]) =>
    headers.map((header) => ({ field, header })),
  );
}
