/** Longer messages are told apart by what stands in this many characters. */
const longest = 500;

/** Numbers that tell failures apart: exit codes, signals, statuses, numbers of errors. */
const telling =
  /\b(?:exit(?:ed)?(?: with)?(?: code)?|code|status(?: code)?|signal|errno|winerror|error|sqlstate|http)[:=\s(\[]*(-?(?:0x[\da-f]{1,8}|\d{1,10}))\b(?![.:\d])/gi;

type Rule = readonly [find: RegExp, put: string];

/** In this order: what is part of something longer comes after it. Each is linear in the text. */
const rules: readonly Rule[] = [
  // Colours of terminals.
  [/\u001b\[[\d;]*m/g, ''],
  [/\b[a-z][a-z\d+.-]{0,20}:\/\/[^\s"'`<>)\]}]+/gi, '<url>'],
  [/\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+\b/g, '<e-mail>'],
  [/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi, '<uuid>'],
  // Times before numbers: 2026-11-25T18:57:45.123Z, and 18:57:45.
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?/g, '<time>'],
  [/\b\d\d:\d\d:\d\d(?:[.,]\d+)?\b/g, '<time>'],
  // What stands in quotes. An apostrophe within a word is no quote.
  [/"[^"\n]{0,300}"/g, '"<value>"'],
  [/`[^`\n]{0,300}`/g, '`<value>`'],
  [/(?<![\w'])'[^'\n]{0,300}'(?!\w)/g, "'<value>'"],
  [/\b(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?\b/g, '<address>'],
  [/\[?(?<![\w:])(?:[\da-f]{0,4}:){2,7}[\da-f]{1,4}\]?(?::\d{1,5})?(?![\w:])/gi, '<address>'],
  [
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH)( )[\w.-]+(?::\d{1,5})?/g,
    '$1$2<address>',
  ],
  [/\b(?:localhost|[a-z\d-]+(?:\.[a-z\d-]+)+):\d{2,5}\b/gi, '<address>'],
  // C:\folder\file, \\host\share, /folder/file.
  [/(?:\b[a-z]:|\\)\\[^\s"'`<>|:]+(?::\d+)*/gi, '<path>'],
  [/(?<![\w.<])\.{0,2}\/[\w.@+~-]+(?:\/[\w.@+~-]*)+(?::\d+)*/g, '<path>'],
  [/\b0x[\da-f]+\b/gi, '<number>'],
  // Hashes and ObjectIds; then identifiers in letters and digits, such as nanoids and ULIDs.
  [/\b(?=[a-f]*\d)[\da-f]{8,}\b/gi, '<id>'],
  [/\b(?=[a-z_-]*\d)[\w-]{14,}\b/gi, '<id>'],
  [/(?<![\w<])-?\d+(?:[.,]\d+)*(?=[a-z]{0,3}\b)/gi, '<number>'],
  [/\d+/g, '<number>'],
];

/** Stand-ins for telling numbers while the others are taken out: no message holds private-use characters. */
const first = 0xe000;

/**
 * The kind of a message: its first line with whatever differs from job to job replaced by what it is,
 * such as `<number>`, `<uuid>` or `<path>`. Exit codes, signals and numbers of errors stay: the message
 * of every death of a sandbox is else the same.
 */
export function normaliseMessage(message: string): string {
  const line = message
    .split(/\r?\n/)
    .map((one) => one.trim())
    .find((one) => one !== '');
  if (line === undefined) return '(no message)';
  const kept: string[] = [];
  let text = line.slice(0, longest).replace(telling, (whole, value: string) => {
    kept.push(value);
    return `${whole.slice(0, whole.lastIndexOf(value))}${String.fromCodePoint(first + kept.length - 1)}`;
  });
  for (const [find, put] of rules) text = text.replace(find, put);
  return text
    .replace(/[\ue000-\uf8ff]/g, (one) => kept[(one.codePointAt(0) ?? first) - first] ?? one)
    .replaceAll(/\s+/g, ' ');
}
