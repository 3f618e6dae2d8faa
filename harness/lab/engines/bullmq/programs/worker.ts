import path from 'node:path';
import type { EnginePrograms } from '../../engine-programs.ts';

const client = path.join(import.meta.dirname, 'client.mjs');

/** A BullMQ worker is a program of the scenario, told its pool by POOL; it prints `ready` when it takes jobs. */
export const bullmqPrograms: EnginePrograms = {
  readyText: 'ready',
  worker: ({ pool }, { app = 'worker.mjs', args = [] }) => ({
    arguments: [app, ...args],
    env: { POOL: pool },
  }),
  client: (task, args, deadlineMs) => ({
    files: [client],
    arguments: [path.basename(client), task, JSON.stringify(args), `${deadlineMs / 1000}`],
  }),
  env: () => ({}),
};
