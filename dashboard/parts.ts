import type { Writeup } from '../catalog/writeup/schema.ts';
import type { AlertSettings } from './alerts/config.ts';
import type { Access } from './access/access.ts';
import type { Masks } from './access/masks.ts';
import type { KnownBugs } from './known-bugs/known-bugs.ts';
import type { WorkerOf } from './known-bugs/worker-of.ts';
import type { Pages } from './pages/page.ts';
import type { QueueDirectory } from './queues/directory.ts';

/** What every feature may build on. */
export interface Parts {
  readonly queues: QueueDirectory;
  readonly access: Access;
  /** Fields of jobs that nobody is shown: asked for whatever is shown of a job. */
  readonly masks: Masks;
  readonly pages: Pages;
  /** The documented bugs. */
  readonly writeups: readonly Writeup[];
  /** What is looked for, and who is told. */
  readonly alerts: AlertSettings;
  /** Called with errors that nobody else is told of. */
  readonly onError: (error: Error) => void;
  readonly knownBugs: KnownBugs;
  readonly workerOf: WorkerOf;
}
