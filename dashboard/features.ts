import type { Writeup } from '../catalog/writeup/schema.ts';
import type { Access } from './access/access.ts';
import type { Feature } from './feature.ts';
import type { Pages } from './pages/page.ts';
import type { QueueDirectory } from './queues/directory.ts';
import { workersFeature } from './workers/workers.ts';

/** What every feature may build on. */
export interface Parts {
  readonly queues: QueueDirectory;
  readonly access: Access;
  readonly pages: Pages;
  /** The documented bugs. */
  readonly writeups: readonly Writeup[];
}

/** What the dashboard can do, a row each, in the order of the navigation. */
export const features: readonly ((parts: Parts) => Feature)[] = [workersFeature];
