import path from 'node:path';
import { clientArguments, type EnginePrograms } from '../../engine-programs.ts';
import { connectionTo } from './connection.ts';
import { countBullmqJobs } from './counts.ts';

const client = path.join(import.meta.dirname, 'client.mjs');
const postgres = path.join(import.meta.dirname, 'postgres.mjs');

/**
 * A BullMQ worker is a program of the scenario, told its pool by POOL and its connection, as JSON, by
 * BROKER_CONNECTION; it prints `ready` when it takes jobs, and `Job failed: ` before what a job failed of.
 */
export const bullmqPrograms: EnginePrograms = {
  readyText: 'ready',
  failedText: /^Job failed/,
  worker: ({ pool }, { app = 'worker.mjs', args = [], flags = [] }) => ({
    arguments: [...flags, app, ...args],
    env: { POOL: pool },
  }),
  client: (request) => ({
    files: [client],
    arguments: [path.basename(client), ...clientArguments(request)],
  }),
  forBroker: (url) => ({
    env: { BROKER_CONNECTION: JSON.stringify(connectionTo(url)) },
    ...(url.startsWith('postgres') && {
      files: [postgres],
      flags: ['--import', `./${path.basename(postgres)}`],
    }),
  }),
  counts: countBullmqJobs,
};
