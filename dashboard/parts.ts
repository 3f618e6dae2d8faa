import type { Access } from './access/access.ts';
import type { KnownBugs } from './known-bugs/known-bugs.ts';
import type { WorkerOf } from './known-bugs/worker-of.ts';
import type { Pages } from './pages/page.ts';
import type { QueueDirectory } from './queues/directory.ts';
import type { Mask } from './jobs/mask.ts';

/** What every feature may build on. */
export interface Parts {
  readonly queues: QueueDirectory;
  readonly access: Access;
  readonly pages: Pages;
  readonly knownBugs: KnownBugs;
  readonly workerOf: WorkerOf;
  /** What hides fields of jobs. */
  readonly mask: Mask;
}
