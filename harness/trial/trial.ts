import type { Cell, Evidence, Observation } from '../../catalog/evidence/schema.ts';

/** What one run leaves behind for judges and evidence. */
export interface RunRecord {
  readonly observation: Observation;
  readonly commands: string[];
  readonly versions: Readonly<Record<string, string>>;
  readonly broker: Evidence['broker'];
  readonly system: Evidence['system'];
  /** When the fate of the last job was known, on the clock of `performance.now()`. */
  readonly settledAt: number;
  /** How long it waited for what must not happen, which no faster machine shortens. */
  readonly waitedInVainMs: number;
}

/** What of a run's record belongs into evidence. */
export type TidyRecord = Omit<RunRecord, 'settledAt' | 'waitedInVainMs'>;

/** What became of one run of a claim in a cell. It is judged later, together with those of other rounds. */
export type Trial = ObservedTrial | FailedTrial | NotRunTrial;

interface ObservedTrial {
  readonly is: 'observed';
  readonly record: TidyRecord;
  /** How long after the fate of its last job was known the run was over. */
  readonly judgedAfterMs: number;
  /** How long it waited for what must not happen. */
  readonly waitedInVainMs: number;
}

/** The scenario itself failed, which shows nothing about its claim. */
interface FailedTrial {
  readonly is: 'failed';
  readonly error: string;
}

export interface NotRunTrial {
  readonly is: 'not run';
  readonly reason: string;
}

/** What became of a claim and of its control in one round, or why there was nothing to come of it. */
export type CaseTrial = TestedCase | NotRunTrial;

interface TestedCase {
  readonly is: 'tested';
  readonly own: Exclude<Trial, NotRunTrial>;
  readonly control: readonly { readonly cell: Cell; readonly trial: Exclude<Trial, NotRunTrial> }[];
}
