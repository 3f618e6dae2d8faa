/** The escapes that tell that a text is the inside of a string: a line end, a quote, a colour. */
const telling = /\\(?:n|r|"|'|u00[01]|x1b|033|e\[)|#0(?:12|33)/i;
const escape = /\\(u\{[\da-f]{1,6}\}|u[\da-f]{4}|x[\da-f]{2}|0[0-3][0-7]|[nrtbfev"'`/\\])/gi;
/** rsyslog writes control characters so: https://www.rsyslog.com/doc/configuration/input_directives/rsconf1_escapecontrolcharactersonreceive.html */
const syslog = /#0(11|12|15|33)/g;

const single: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\u001B',
};

/**
 * Takes one level of quoting off a text as JSON, Python, JavaScript and shells write strings, and the
 * `#012` of rsyslog. What looks like an escape may be a part of a Windows path, so the text itself
 * must be read as well.
 *
 * @returns nothing where the text has no escape that tells of a quoted text.
 */
export function unquote(text: string): string | undefined {
  if (!telling.test(text)) return undefined;
  const plain = text.replace(escape, (_, code: string) => decode(code));
  return plain.replace(syslog, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
}

function decode(code: string): string {
  if (code.length === 1) return single[code.toLowerCase()] ?? code;
  const kind = code[0]?.toLowerCase();
  const point = kind === '0' ? parseInt(code, 8) : parseInt(code.slice(1).replace(/[{}]/g, ''), 16);
  return point <= 0x10ffff ? String.fromCodePoint(point) : code;
}
