/** So much of a text is read; the rest is in logs and evidence. */
const longest = 200;

/**
 * A text that programs printed, for one cell of a Markdown table: in one line, of readable length, and as
 * code, so that nothing in it is a link, a mention or markup.
 */
export function codeCell(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll('`', "'").trim();
  const short = line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
  return short === '' ? '' : `\`${short.replaceAll('|', String.raw`\|`)}\``;
}

/** A Markdown table; a column whose heading ends with a colon is set to the right. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const rule = head.map((title) => (title.endsWith(':') ? '---:' : '---'));
  const titles = head.map((title) => title.replace(/:$/, ''));
  return [titles, rule, ...rows].map((row) => row.join(' | ')).join('\n');
}
