import type { Diagnoses } from '../../catalog/diagnose/together.ts';

/** A log that somebody pasted or dropped. */
export interface PastedLog {
  readonly name: string;
  readonly content: Blob;
}

/** What the worker is asked. */
export type Request =
  | { readonly ask: 'diagnose'; readonly logs: readonly PastedLog[] }
  /** The lines around one, from `before` lines before it to `after` lines after it. */
  | {
      readonly ask: 'lines';
      readonly log: PastedLog;
      readonly line: number;
      readonly before: number;
      readonly after: number;
    };

/** What it answers. `read` comes several times, and then one of the others. */
export type Answer =
  | { readonly tells: 'read'; readonly bytes: number; readonly of: number }
  | {
      readonly tells: 'diagnoses';
      readonly diagnoses: Diagnoses;
      readonly milliseconds: number;
      /** Logs that could not be read, and why. */
      readonly problems: readonly string[];
    }
  | { readonly tells: 'lines'; readonly lines: readonly string[] }
  | { readonly tells: 'failure'; readonly message: string };
