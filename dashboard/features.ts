import type { Access } from './access/access.ts';
import type { Masks } from './access/masks.ts';
import { createAuditFeature } from './audit/audit-feature.ts';
import type { Feature } from './feature.ts';
import type { Pages } from './pages/page.ts';
import { payload } from './payload/feature.ts';
import type { QueueDirectory } from './queues/directory.ts';

/** What every feature may build on. */
export interface Parts {
  readonly queues: QueueDirectory;
  readonly access: Access;
  /** Fields of jobs that nobody is shown: asked for whatever is shown of a job. */
  readonly masks: Masks;
  readonly pages: Pages;
}

/** What the dashboard can do, a row each, in the order of the navigation. */
export const features: readonly ((parts: Parts) => Feature)[] = [payload, createAuditFeature];
