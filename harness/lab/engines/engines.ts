import type { Engine as EngineName } from '../../../catalog/writeup/schema.ts';
import { bullmq } from './bullmq/bullmq.ts';
import { celery } from './celery/celery.ts';
import type { Engine } from './engine.ts';

/** How each engine is had. An engine that is added to the list is missed here and in programs.ts by the compiler. */
export const engines: Record<EngineName, Engine> = { celery, bullmq };
