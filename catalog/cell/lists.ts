import { z } from 'zod';
import type { Dimension } from './dimension.ts';
import { dimensions } from './dimensions.ts';
import type { DimensionKey, ValueOf } from './cell.ts';

type Table = typeof dimensions;

/** What a claim speaks of, once written out: for each dimension the values that it names. */
export type Lists = {
  [
    Key in DimensionKey as Table[Key]['presence'] extends 'sometimes' ? never : Table[Key]['list']
  ]: ValueOf<Key>[];
} & {
  [
    Key in DimensionKey as Table[Key]['presence'] extends 'sometimes' ? Table[Key]['list'] : never
  ]?: ValueOf<Key>[] | undefined;
};

/** Values of some dimensions, by their keys in a cell. */
export type Values = { [Key in DimensionKey]?: ValueOf<Key> | undefined };

/** The keys under which the dimensions are written, one value or several: for the schema of `run`. */
export function writtenKeys(table: Readonly<Record<string, Dimension>> = dimensions) {
  return Object.fromEntries(
    Object.values(table).flatMap((dimension): [string, z.ZodType][] => {
      const { written, list, value, groups, what } = dimension;
      const one = groups ? withGroups(value, Object.keys(groups)) : value;
      const several = z.array(one).min(1);
      if (written === list) return [[list, z.union([one, several]).nullish().describe(what)]];
      return [
        [written, one.nullish().describe(what)],
        [list, several.optional().describe(`Several of \`${written}\`; one run each.`)],
      ];
    }),
  );
}

/** One list of all that may be written, so that a slip is answered with the nearest of them. */
function withGroups(value: z.ZodType, groups: readonly string[]): z.ZodType {
  return value instanceof z.ZodEnum
    ? z.enum([...value.options.map(String), ...groups])
    : z.union([value, z.enum(groups)]);
}
