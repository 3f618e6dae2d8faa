import type { Engine } from '../../../catalog/writeup/schema.ts';
import { bullmqPrograms } from './bullmq/programs/worker.ts';
import { celeryPrograms } from './celery/programs/worker.ts';
import type { EnginePrograms } from './engine-programs.ts';

/** How each engine is driven from outside. */
export const enginePrograms: Record<Engine, EnginePrograms> = {
  celery: celeryPrograms,
  bullmq: bullmqPrograms,
};
