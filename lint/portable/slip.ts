/** Code that works on the machine where it was written and not on Windows, and how it is recognised. */
export interface Slip {
  /** What is wrong with it, and what to write instead. */
  readonly message: string;
  /** Each finds it: https://eslint.org/docs/latest/extend/selectors */
  readonly selectors: readonly string[];
  /** Each must be found. */
  readonly bad: readonly string[];
  /** None may be found: what is near it and right. */
  readonly good: readonly string[];
}

export type Slips = Readonly<Record<string, Slip>>;

/** A slash, which a selector's regular expressions cannot spell out. */
export const slash = String.raw`\u002F`;

/** Names that people give to what holds a path. Selectors know no types. */
const pathName = '/(?:dir|directory|folder|root|file|filename|path|cwd|home)$/i';

/**
 * Selects by an expression that holds a path, going by its name or that of the function or property
 * it comes from.
 *
 * @param select the selector, which is given an attribute for the name and the pattern it must fit.
 */
export function byPathName(
  expression: string,
  select: (holdsPath: string) => string,
): readonly string[] {
  return ['name', 'property.name', 'callee.name', 'callee.property.name'].map((place) =>
    select(`[${expression}.${place}=${pathName}]`),
  );
}
