import type { Engine, Launch } from '../../catalog/writeup/schema.ts';
import { installBullmq } from './bullmq/install.ts';
import { installCelery } from './celery/install.ts';
import type { InstalledEngine, Installer } from './engine.ts';

const installers: Record<Engine, Installer> = { celery: installCelery, bullmq: installBullmq };

/** Gets an engine at an exact version, from the cache when it is there. Throws `NotRun` with what is missing. */
export function installEngine(
  engine: Engine,
  version: string,
  launch: Launch,
  progress: (message: string) => void,
): Promise<InstalledEngine> {
  return installers[engine](version, launch, progress);
}
