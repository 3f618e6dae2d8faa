import wrapAnsi from 'wrap-ansi';
import { styled, terminalWidth } from './terminal.ts';

const labelWidth = 9;
const shownCode = 12;

/** The line by which a finding is known. */
export function renderTitle({
  bug,
  title,
}: {
  readonly bug: string;
  readonly title: string;
}): string[] {
  return wrapped(styled('bold', `${bug}  ${title}`));
}

/** What to paste, with empty lines around it; a long text is cut. */
export function renderCode(text: string): string[] {
  const lines = text.trim().split(/\r?\n/);
  const rest = lines.length > shownCode ? ['…'] : [];
  const margin = ' '.repeat(2 + labelWidth);
  return ['', ...[...lines.slice(0, shownCode), ...rest].map((line) => margin + line), ''];
}

/** Where more is told of a bug. */
export function renderMore(bug: string): string[] {
  return labelled('More', `poolproof show ${bug.replace('BUG-', '')}`);
}

/** `  Fix:     text`, its further lines below the text. A label that is too wide has a line of its own. */
export function labelled(label: string, text: string, indent = 2): string[] {
  const margin = ' '.repeat(indent);
  const inner = ' '.repeat(indent + labelWidth);
  const [first = '', ...rest] = wrapped(text, terminalWidth() - inner.length);
  const head = `${label}:`;
  return head.length < labelWidth
    ? [`${margin}${head.padEnd(labelWidth)}${first}`, ...rest.map((line) => inner + line)]
    : [`${margin}${head}`, ...[first, ...rest].map((line) => inner + line)];
}

/** Lines no wider than the terminal. */
export function wrapped(text: string, width = terminalWidth()): string[] {
  return wrapAnsi(text, Math.max(width, 20), { hard: true }).split(/\r?\n/);
}
