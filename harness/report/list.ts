import { isUsual } from '../../catalog/evidence/cells.ts';
import { cellName } from '../../catalog/evidence/schema.ts';
import type { RecordedCase } from '../selection/stale.ts';

/** What `harness --list --json` prints: each cell that would run, and what is recorded of it. */
export function listToJson(cases: readonly RecordedCase[]) {
  return {
    cells: cases.map(({ one: { bug, claim, cell }, recorded: { verdict, reason } }) => ({
      bug,
      claim: claim.id,
      platform: cell.platform,
      engine: `${cell.engine}@${cell.version}`,
      pool: cell.pool,
      cell: cellName(cell),
      usual: isUsual(claim, cell),
      recorded: verdict,
      reason,
    })),
  };
}

/** A line for each cell that would run, and how many there are. */
export function renderList(cases: readonly RecordedCase[]): string {
  const lines = cases.map(({ one: { bug, claim, cell }, recorded: { verdict, reason } }) => {
    const why = verdict === 'stale' ? `stale: ${reason}` : verdict;
    return `${bug} ${claim.id} ${cellName(cell)}  ${why}\n`;
  });
  return `${lines.join('')}${cases.length} cell${cases.length === 1 ? '' : 's'}\n`;
}
