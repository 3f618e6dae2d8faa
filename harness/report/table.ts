import Table from 'cli-table3';
import { cellName } from '../../catalog/evidence/schema.ts';
import { markOf } from './progress.ts';
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
      markOf({ verdict, asWritten }),
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

/**
 * What was not run, a line for each reason, the commonest first: `not run, 3 claims of 001, 004: no
 * Redis`. Reasons that differ by a version alone are one. Behind them stands the command that would
 * change most, where a reason names one.
 */
export function notRunLines(results: readonly Result[]): string[] {
  const byKind = Map.groupBy(
    results.filter(({ verdict }) => verdict === 'not run'),
    ({ reason }) => reason.replaceAll(/\d+(\.\d+)+/g, '…'),
  );
  const groups = [...byKind]
    .map(([kind, group]) => {
      const reasons = new Set(group.map(({ reason }) => reason));
      return {
        reason: reasons.size === 1 ? [...reasons].join('') : kind,
        bugs: [...new Set(group.map(({ bug }) => bug.replace('BUG-', '')))].join(', '),
        claims: new Set(group.map(({ bug, claim }) => `${bug} ${claim}`)).size,
      };
    })
    .toSorted((a, b) => b.claims - a.claims);
  const lines = groups.map(
    ({ reason, bugs, claims }) =>
      `not run, ${claims} ${claims === 1 ? 'claim' : 'claims'} of ${bugs}: ${reason}`,
  );
  const most = groups.find(({ reason }) => remedyIn(reason) !== undefined);
  return most === undefined
    ? lines
    : [...lines, `most would change with: ${remedyIn(most.reason) ?? ''}`];
}

/** The command that a reason says would help. */
function remedyIn(reason: string): string | undefined {
  return /\btype: ([^;()]+)|(apt-get install [\w. -]+)/
    .exec(reason)
    ?.slice(1)
    .find(Boolean)
    ?.trim();
}

function shorten(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
