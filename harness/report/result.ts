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
  /** In how many of all runs the sentence held. Missing when it was not run. */
  readonly runs?: { readonly total: number; readonly holding: number };
  /** Whether the write-up names this verdict; a claim that was not run misses nothing. */
  readonly asWritten: boolean;
  /** Of the run that shows the verdict. */
  readonly durationMs: number;
  /** How long after the fate of its last job was known the slowest run was over. Missing when it was not run. */
  readonly judgedAfterMs?: number;
  /** The longest that a run of it waited for what must not happen. Missing when it was not run. */
  readonly waitedInVainMs?: number;
  /** What `--record` would write, but for what it was recorded from. Missing when nothing was observed. */
  readonly evidence?: Omit<Evidence, 'recordedFrom'>;
}
