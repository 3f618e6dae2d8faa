import stripAnsi from 'strip-ansi';

/** Colours whose escape character was lost on the way through a terminal or a web page: `[31m`, `^[[0m`. */
const strayColours = /(?:\^\[)?\[\d{1,3}(?:;\d{1,3}){0,4}m/g;

const replacements: readonly [RegExp, string][] = [
  [/[\u00A0\u2007\u202F]/g, ' '],
  [/[\u200B\u2060\uFEFF]/g, ''],
  [/[\u201C\u201D\u201E]/g, '"'],
  [/[\u2018\u2019\u201A]/g, "'"],
];
const notAscii = /[^\u0000-\u007F]/;

/**
 * Drops colours, the marks that word processors and web pages put in place of plain ones, and the zero
 * bytes that stand before a line when its log was truncated meanwhile.
 */
export function plainText(text: string): string {
  const whole = text.includes('\u0000') ? text.replaceAll('\u0000', '') : text;
  const colourless =
    whole.includes('\u001B') || whole.includes('\u009B') ? stripAnsi(whole) : whole;
  if (!notAscii.test(colourless)) return colourless;
  return replacements.reduce((rest, [from, to]) => rest.replace(from, to), colourless);
}

/** The text without colours that have lost their escape character; nothing where it has none. */
export function withoutStrayColours(text: string): string | undefined {
  if (!text.includes('m')) return undefined;
  const stripped = text.replace(strayColours, '');
  return stripped === text ? undefined : stripped;
}
