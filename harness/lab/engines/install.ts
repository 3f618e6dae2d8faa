import type { Cell } from '../../../catalog/evidence/schema.ts';
import type { Engine } from '../../../catalog/writeup/schema.ts';
import { installBullmq } from './bullmq/install.ts';
import { installCelery } from './celery/install.ts';
import type { InstalledEngine, Installer } from './engine.ts';

const installers: Record<Engine, Installer> = { celery: installCelery, bullmq: installBullmq };

/** Gets the engine of a cell, from the cache when it is there. Throws `NotRun` with what is missing. */
export function installEngine(
  cell: Cell,
  progress: (message: string) => void,
): Promise<InstalledEngine> {
  return installers[cell.engine](cell, progress);
}
