/** A compiled message template. */
export interface Template {
  readonly text: string;
  /** Its longest literal part: a line without it does not match. */
  readonly anchor: string;
  /** Whether the line contains the message. Takes time linear in the line's length. */
  readonly matches: (line: string) => boolean;
}

const hole = /\{[a-z][\w-]*\}/i;

/**
 * Compiles a template such as `Missing lock for job {id}. {command}`. A hole stands for at least one
 * character of the line; a brace that is no hole stands for itself. The message may stand anywhere in
 * the line.
 */
export function compileTemplate(text: string): Template {
  const literals = text.split(hole);
  const anchor = literals.reduce((a, b) => (b.length > a.length ? b : a));
  return { text, anchor, matches: (line) => line.includes(anchor) && inOrder(line, literals) };
}

/** The characters of a template that are no holes. */
export function literalLength(text: string): number {
  return text.split(hole).join('').length;
}

/**
 * Taking the first place of each literal is enough: whatever follows a later place also follows an
 * earlier one. So nothing is ever tried twice.
 */
function inOrder(line: string, literals: readonly string[]): boolean {
  let end = 0;
  for (const [index, literal] of literals.entries()) {
    const from = index === 0 ? 0 : end + 1;
    // An empty literal is found at the end of a line even when the hole before it is empty.
    if (from > line.length) return false;
    const start = line.indexOf(literal, from);
    if (start === -1) return false;
    end = start + literal.length;
  }
  return true;
}
