/** Characters of a field that an error repeats: enough to find it, and nothing that floods a log. */
const longestEcho = 60;

/**
 * Text of a file as an error may show it: in quotes, cut, and with everything that cannot be seen, or
 * that PostgreSQL's JSON refuses (NUL, half of a surrogate pair), written as its code.
 */
export function echo(text: string): string {
  const characters = Array.from(text.slice(0, 2 * longestEcho));
  const cut = characters.length > longestEcho || text.length > 2 * longestEcho;
  const shown = characters
    .slice(0, longestEcho)
    .join('')
    .replaceAll(/[\p{C}\u2028\u2029]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return `\\u{${code.toString(16)}}`;
    });
  return `"${shown}${cut ? '…' : ''}"`;
}
