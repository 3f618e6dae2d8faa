import { BadFile } from './bad-file.ts';
import { echo } from './echo.ts';
import { fieldNames, fields, lookAlikes, normalise, type FieldName } from './fields.ts';
import type { Reading } from './reading.ts';

/** Columns that could change a position, if they were read. */
interface Suspect {
  readonly index: number;
  readonly field: FieldName;
}

/** Where the columns of one file stand in its rows. */
export interface Columns {
  readonly header: readonly string[];
  /** One column, or -1. */
  readonly at: Readonly<Record<FieldName, number>>;
  readonly fees: readonly number[];
  /** Whether the caller named the columns of the fees, so that they add up. */
  readonly addFees: boolean;
  /** Whether the sign of the quantity tells a sell from a buy. */
  readonly signedQuantity: boolean;
  readonly suspects: readonly Suspect[];
  /** Columns that nobody reads. */
  readonly unused: readonly number[];
}

type Said = Pick<Reading, 'map' | 'ignore'>;

/**
 * Finds the columns by their header, and by what the caller says.
 * @param constants what every row has, so that no column is needed for it.
 * @throws BadFile when one is missing or there twice.
 */
export function findColumns(
  header: readonly string[],
  line: number,
  said: Said,
  constants: Readonly<Partial<Record<FieldName, string>>> = {},
): Columns {
  const refuse = (reason: string): never => {
    throw new BadFile([{ line, reason }]);
  };
  const names = header.map(normalise);
  const placeOf = (name: string): number => {
    const beside = name.endsWith(' >') ? header.indexOf(name.slice(0, -2)) : -1;
    if (beside !== -1 && header[beside + 1] === '') return beside + 1;
    const places = header.flatMap((each, index) => (each === name ? index : []));
    const loose = names.flatMap((each, index) => (each === normalise(name) ? index : []));
    const [place, second] = places.length > 0 ? places : loose;
    if (place === undefined || second !== undefined) {
      refuse(`expected one column ${echo(name)}, got ${list(header)}`);
    }
    return place ?? -1;
  };

  const signedQuantity = said.map.some(
    ({ field, header: name }) => field === 'side' && name === 'quantity' && !header.includes(name),
  );
  const ignored = new Set(said.ignore.map(placeOf));
  const found = new Map<FieldName, number[]>();
  for (const { field, header: name } of said.map) {
    if (field === 'side' && signedQuantity) continue;
    found.set(field, [...(found.get(field) ?? []), placeOf(name)]);
  }
  const mapped = new Set([...found.values()].flat());
  for (const field of fieldNames) {
    if (found.has(field)) continue;
    for (const known of fields[field].names) {
      const places = names.flatMap((name, index) =>
        (known as readonly string[]).includes(name) && !ignored.has(index) && !mapped.has(index)
          ? index
          : [],
      );
      if (places.length > 0) found.set(field, places);
      if (places.length > 0) break;
    }
  }
  for (const [field, [place = -1, second]] of found) {
    if (second === undefined || field === 'fees') continue;
    refuse(
      `expected one column for ${field}, got ${list([header[place] ?? '', header[second] ?? ''])}. Name one with map=${field}=…, or leave one out with ignore=…`,
    );
  }
  const missing = fieldNames.filter(
    (field) =>
      'required' in fields[field] &&
      !found.has(field) &&
      constants[field] === undefined &&
      !(field === 'side' && signedQuantity),
  );
  const priced = ['price', 'amount', 'grossAmount', 'netAmount'] as const;
  const unpriced = priced.every((field) => !found.has(field));
  const wanted = unpriced ? [...missing, 'price'] : missing;
  if (wanted.length > 0) {
    const known = wanted.map((field) => `${field} (${namesOf(field as FieldName)})`);
    refuse(
      `expected a header with ${known.join('; ')} as well, got ${list(header)}. Name columns with map=${wanted[0] ?? ''}=…`,
    );
  }
  const used = new Set([...found.values()].flat());
  const unused = header.flatMap((_, index) => (used.has(index) ? [] : index));
  return {
    header,
    at: Object.fromEntries(
      fieldNames.map((field) => [field, found.get(field)?.[0] ?? -1]),
    ) as Record<FieldName, number>,
    fees: found.get('fees') ?? [],
    addFees: said.map.some(({ field }) => field === 'fees'),
    signedQuantity,
    suspects: unused.flatMap((index) => {
      const alike = lookAlikes.find(({ part }) => part.test(names[index] ?? ''));
      return alike && !ignored.has(index) ? { index, field: alike.field } : [];
    }),
    unused: unused.filter((index) => !ignored.has(index)),
  };
}

function namesOf(field: FieldName): string {
  return fields[field].names.flat().slice(0, 4).join(', ');
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 30).map(echo).join(', ');
  return names.length > 30 ? `${shown} and ${names.length - 30} more` : shown;
}
