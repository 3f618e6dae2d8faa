import { brokerOf } from '../../catalog/cell/broker.ts';
import { isUsual } from '../../catalog/evidence/cells.ts';
import { cellName } from '../../catalog/evidence/schema.ts';
import type { Expectation } from '../selection/expected.ts';
import { caseName, type Case } from '../selection/plan.ts';
import type { RecordedCase } from '../selection/stale.ts';
import { toolsOf } from '../selection/tools.ts';

/**
 * What `harness --list --json` prints: a contract that other programs read (docs/machines.md). One entry
 * for each cell that would run: what it is, what it needs, how long its run took when it was recorded,
 * and what is recorded of it.
 *
 * @param expected by `caseName`, of cases and their controls.
 */
export function listToJson(
  cases: readonly RecordedCase[],
  expected: ReadonlyMap<string, Expectation>,
) {
  const cells = cases.map(({ one, recorded: { verdict, reason } }) => {
    const { bug, slug, claim, cell, control } = one;
    const run = expected.get(caseName(one));
    return {
      bug,
      slug,
      claim: claim.id,
      platform: cell.platform,
      engine: `${cell.engine}@${cell.version}`,
      pool: cell.pool,
      cell: cellName(cell),
      usual: isUsual(claim, cell),
      control: control.claim.id,
      needs: { broker: needOf(one), tools: toolsOf(cell) },
      expectedSeconds: round(run?.seconds ?? 0),
      expectedFrom: run?.from ?? 'all',
      recorded: verdict,
      reason,
    };
  });
  return {
    cells,
    expectedSeconds: round(cells.reduce((sum, one) => sum + one.expectedSeconds, 0)),
  };
}

/** What the run needs of its broker; null where it needs none. */
function needOf({ claim, cell }: Case) {
  const { kind, version, topology, tls } = brokerOf(claim.run, cell);
  return kind === 'nothing' ? null : { kind, version: version ?? null, topology, tls };
}

/** To a tenth of a second: more would be noise. */
function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}

/** A line for each cell that would run, and how many there are. */
export function renderList(cases: readonly RecordedCase[]): string {
  const lines = cases.map(({ one: { bug, claim, cell }, recorded: { verdict, reason } }) => {
    const why = verdict === 'stale' ? `stale: ${reason}` : verdict;
    return `${bug} ${claim.id} ${cellName(cell)}  ${why}\n`;
  });
  return `${lines.join('')}${cases.length} cell${cases.length === 1 ? '' : 's'}\n`;
}
