import type { Cell, Evidence, Verdict } from '../../catalog/evidence/schema.ts';

/** What came of one claim in one cell. */
export interface Result {
  readonly bug: string;
  readonly slug: string;
  readonly claim: string;
  readonly says: string;
  readonly cell: Cell;
  readonly verdict: Verdict;
  readonly reason: string;
  /** Whether the write-up names this verdict; a claim that was not run misses nothing. */
  readonly asWritten: boolean;
  readonly durationMs: number;
  /** How long after the fate of its last job was known the slowest run was judged. Missing when it was not run. */
  readonly judgedAfterMs?: number;
  /** What `--record` would write, but for the commit and the placeholders. Missing when it was not run. */
  readonly evidence?: Omit<Evidence, 'harness'>;
}
