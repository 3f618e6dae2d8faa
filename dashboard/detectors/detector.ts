import type { Metric } from '../../catalog/writeup/metrics.ts';
import type { History } from './sample.ts';

/** What a detector reads of one subject. */
export interface Reading {
  /** What it is about, the same as long as it is there: `queue:mail`, `worker:<id>`, `broker`. */
  readonly subject: string;
  /** As people know the subject: `mail`, `host:4711`. */
  readonly name: string;
  /** The queue that it belongs to, by which it is hidden from those who may not see that. */
  readonly queue?: string;
  readonly value: number;
  /** What is seen, in words: `12 jobs wait and nobody listens`. */
  readonly says: string;
}

/** When it is on, when it is off again, and how long each must last. On and off lie apart, so that a value at the edge does not flap. */
export interface Thresholds {
  /** It is on from this value. */
  readonly on: number;
  readonly onForSeconds: number;
  /** It is off below this value. */
  readonly off: number;
  readonly offForSeconds: number;
  /** After it is resolved it does not fire again for so long. */
  readonly cooldownSeconds: number;
}

/** Something that goes wrong, and how it is measured. */
export interface Detector {
  readonly name: string;
  readonly title: string;
  /** What is measured, in words. */
  readonly measures: string;
  readonly unit: string;
  readonly thresholds: Thresholds;
  /** What each sight of a write-up must measure for its bug to be shown by this. */
  readonly metrics: readonly Metric[];
  /** Bugs that it shows although their write-ups name no sight, since a log shows them, too. */
  readonly alsoShows: readonly string[];
  /** Reads what was measured; a subject that is left out is gone. */
  readonly read: (history: History) => Reading[];
}
