import Table from 'cli-table3';
import { cellName } from '../../catalog/evidence/schema.ts';
import { marks } from './progress.ts';
import type { Result } from './result.ts';

/** The results as a table for a terminal, then why claims were not run, each reason once. */
export function renderTable(results: readonly Result[]): string {
  const table = new Table({
    head: ['', 'claim', 'cell', 'verdict', 'seconds', ''],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'left', 'left', 'left', 'right', 'left'],
  });
  const ran = results.filter(({ verdict }) => verdict !== 'not run');
  for (const { verdict, bug, claim, cell, durationMs, asWritten, reason, ...rest } of ran) {
    table.push([
      marks[verdict],
      `${bug} ${claim}`,
      cellName(cell),
      verdict,
      (durationMs / 1000).toFixed(1),
      asWritten ? `as written${inVain(rest)}` : shorten(reason),
    ]);
  }
  return [...(ran.length > 0 ? [table.toString()] : []), ...notRunLines(results)].join('\n');
}

/** What of the seconds no faster machine saves. */
function inVain({ waitedInVainMs = 0 }: Pick<Result, 'waitedInVainMs'>): string {
  return waitedInVainMs === 0
    ? ''
    : ` (${(waitedInVainMs / 1000).toFixed(1)} s of it to see that nothing happens)`;
}

/** `not run: 3 claims: win32: this machine is linux (a, b, c)`, one line for each reason. */
export function notRunLines(results: readonly Result[]): string[] {
  const byReason = Map.groupBy(
    results.filter(({ verdict }) => verdict === 'not run'),
    ({ reason }) => reason,
  );
  return [...byReason].map(([reason, group]) => {
    const claims = [...new Set(group.map(({ bug, claim }) => `${bug} ${claim}`))];
    return `not run, ${reason}:\n${claims.map((claim) => `  - ${claim}`).join('\n')}`;
  });
}

function shorten(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
