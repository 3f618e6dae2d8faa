import type { z } from 'zod';
import type { Engine } from './values.ts';

/** One of the things by which the runs of a claim may differ. */
export interface Dimension<Value = unknown> {
  /** The key of `run` in a write-up that takes one value. Where it is also `list`, it takes several too. */
  readonly written: string;
  /** The key of `run` that takes several values, one run each. */
  readonly list: string;
  /** What it is, for docs/frontmatter.md. */
  readonly what: string;
  readonly value: z.ZodType<Value>;
  /**
   * `asked`: every claim says it. `always`: stands in every cell, as `usual` where the claim says nothing.
   * `sometimes`: absent from a cell where the claim says nothing, and where it is `usual`.
   */
  readonly presence: 'asked' | 'always' | 'sometimes';
  /** The value that a claim has that names none. */
  readonly usual?: Value;
  /** Names for several values at once. */
  readonly groups?: Readonly<Record<string, readonly Value[]>>;
  /** The values that each engine can have. Left out: any. An empty list: the engine has no such thing. */
  readonly of?: Readonly<Record<Engine, readonly Value[] | 'any'>>;
  /** Whether it carries over from the write-up's `run` to a claim of another engine. Default: no. */
  readonly acrossEngines?: true;
  /**
   * Where the site's overview shows it: `condition` makes columns of its own, beside the platform's;
   * `part` is named within a field of the table.
   */
  readonly shown: 'platform' | 'version' | 'pool' | 'condition' | 'part';
  /** How values are sorted in a table: as numbers, in this order, or as the write-up has them. */
  readonly order: 'number' | 'as written' | readonly Value[];
  /** Its part of file names and addresses; nothing for what goes without saying. */
  fileName(value: Value, engine: Engine): string | undefined;
  /** The value as a heading, or as a mark in a row. */
  words(value: Value, engine: Engine): string;
  /** The value in a field of a table, where space is short. Default: as `words`. */
  brief?(value: Value): string;
  /** What a sentence adds after engine, version and platform. Default: nothing is added. */
  sentence?(value: Value): string;
}

/** The table of dimensions, by the key that a cell has for each. Its order is that of the parts of a file name. */
export type DimensionTable = Readonly<Record<string, Dimension>>;
