/** Where in a line a message stands: from its first literal character to behind its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A compiled message template. */
export interface Template {
  readonly text: string;
  /** Its longest literal part: a line without it does not match. */
  readonly anchor: string;
  /** Where the line contains the message. Takes time linear in the line's length. */
  readonly find: (line: string) => Span | undefined;
  readonly matches: (line: string) => boolean;
}

/** The values that a hole may have, by its name. A hole that is not named may have any. */
export type HoleValues = Readonly<Record<string, readonly string[]>>;

/** A part of the line that must be there as it is. */
interface Literal {
  readonly text: string;
  /** A value stands at this end, and a longer word or number there would be another value. */
  readonly wholeStart: boolean;
  readonly wholeEnd: boolean;
}

const hole = /\{([a-z][\w-]*)\}/gi;
const wordCharacter = /\w/;

/**
 * Compiles a template such as `Missing lock for job {id}. {command}`. A hole stands for at least one
 * character of the line; a brace that is no hole stands for itself. The message may stand anywhere in
 * the line.
 *
 * @param where the values that decide: `{ command: ['moveToFinished'] }`. Such a hole matches nothing
 *   else, and no part of a longer word.
 */
export function compileTemplate(text: string, where: HoleValues = {}): Template {
  const variants = spellOut(text, where);
  const find = (line: string) => {
    for (const literals of variants) {
      const span = inOrder(line, literals);
      if (span) return span;
    }
    return undefined;
  };
  return {
    text,
    anchor: literalsOf(text).reduce((a, b) => (b.length > a.length ? b : a)),
    find,
    matches: (line) => find(line) !== undefined,
  };
}

/** The names of a template's holes, in order. */
export function holesOf(text: string): string[] {
  return Array.from(text.matchAll(hole), ([, name = '']) => name);
}

/** The parts of a template between its holes, some of which may be empty. */
export function literalsOf(text: string): string[] {
  // Captured names stand at the odd places.
  return text.split(hole).filter((_, index) => index % 2 === 0);
}

/** The characters of a template that are no holes. */
export function literalLength(text: string): number {
  return text.replace(hole, '').length;
}

/** One list of literals for each combination of values: a hole with a value becomes a part of the text. */
function spellOut(text: string, where: HoleValues): Literal[][] {
  // Captured names stand at the odd places.
  return text.split(hole).reduce<Literal[][]>(
    (variants, part, index) => {
      const isHole = index % 2 === 1;
      const values = isHole ? where[part] : undefined;
      if (isHole && !values) return variants.map((literals) => [...literals, literal('')]);
      return variants.flatMap((literals) =>
        (values ?? [part]).map((value) => append(literals, value, values !== undefined)),
      );
    },
    [[literal('')]],
  );
}

function literal(text: string): Literal {
  return { text, wholeStart: false, wholeEnd: false };
}

function append(literals: readonly Literal[], text: string, isValue: boolean): Literal[] {
  const last = literals.at(-1) ?? literal('');
  const joined = {
    text: last.text + text,
    wholeStart: last.text === '' ? isValue : last.wholeStart,
    wholeEnd: text === '' ? last.wholeEnd : isValue,
  };
  return [...literals.slice(0, -1), joined];
}

/**
 * Taking the first place of each literal is enough: whatever follows a later place also follows an
 * earlier one. So nothing is ever tried twice.
 */
function inOrder(line: string, literals: readonly Literal[]): Span | undefined {
  let end = 0;
  let first: number | undefined;
  let last = 0;
  for (const [index, literal] of literals.entries()) {
    const from = index === 0 ? 0 : end + 1;
    // An empty literal is found at the end of a line even when the hole before it is empty.
    if (from > line.length) return undefined;
    const start = indexOf(line, literal, from);
    if (start === -1) return undefined;
    end = start + literal.text.length;
    if (literal.text !== '') {
      first ??= start;
      last = end;
    }
  }
  return { start: first ?? 0, end: last };
}

function indexOf(line: string, { text, wholeStart, wholeEnd }: Literal, from: number): number {
  let start = line.indexOf(text, from);
  while (start !== -1) {
    const isPart =
      (wholeStart && wordCharacter.test(line[start - 1] ?? '')) ||
      (wholeEnd && wordCharacter.test(line[start + text.length] ?? ''));
    if (!isPart) return start;
    start = line.indexOf(text, start + 1);
  }
  return -1;
}
