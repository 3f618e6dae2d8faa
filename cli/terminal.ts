import { styleText } from 'node:util';
import Table from 'cli-table3';
import type { ShownVerdict } from '../catalog/verdict/results.ts';

type Style = Parameters<typeof styleText>[0];

const widest = 120;

/** The width to write for: the terminal's, within what reads well; 100 where the output is no terminal. */
export function terminalWidth(): number {
  return Math.min(process.stdout.isTTY ? process.stdout.columns : 100, widest);
}

/** A table that wraps its last column to the width of the terminal. */
export function renderTable(head: string[], rows: string[][], fixedWidths: number[]): string {
  const borders = head.length + 1;
  const left = terminalWidth() - borders - fixedWidths.reduce((sum, width) => sum + width, 0);
  const table = new Table({
    head: head.map((title) => styled('bold', title)),
    colWidths: [...fixedWidths, Math.max(left, 20)],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  table.push(...rows);
  return table.toString();
}

/** Styled where the output is a terminal that wants colours (NO_COLOR and FORCE_COLOR are heeded). */
export function styled(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

const verdictStyles: Record<ShownVerdict, Style> = {
  confirmed: 'green',
  refuted: 'red',
  unstable: 'yellow',
  unknown: 'yellow',
  stale: 'yellow',
  'not run': 'dim',
};

export function styledVerdict(verdict: ShownVerdict): string {
  return styled(verdictStyles[verdict], verdict);
}

/** Writes lines to standard output. */
export function print(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Writes the one JSON document that `--json` promises. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}
