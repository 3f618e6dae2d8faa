import path from 'node:path';
import type { Cell } from '../../../../../catalog/evidence/schema.ts';
import { clientArguments, type EnginePrograms, type WorkerOptions } from '../../engine-programs.ts';
import { countCeleryTasks } from './counts.ts';

const here = import.meta.dirname;
const spawned = path.join(here, 'spawned.py');
const client = path.join(here, 'client.py');

/** Celery's worker and the client that sends it tasks. */
export const celeryPrograms: EnginePrograms = {
  readyText: ' ready.',
  failedText: / raised (?:un)?expected: |Task handler raised error: /,
  worker: (cell, options) => ({
    files: cell.emulate === 'spawn' ? [spawned] : [],
    arguments: workerArguments(cell, options),
  }),
  client: (request) => ({
    files: [client],
    arguments: [path.basename(client), ...clientArguments(request)],
  }),
  forBroker: (url) => ({
    env: {
      CELERY_BROKER_URL: url,
      // Celery keeps no results in RabbitMQ; it sends them back over it.
      CELERY_RESULT_BACKEND: url.startsWith('amqp') ? 'rpc://' : url,
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUNBUFFERED: '1',
      PYTHONUTF8: '1',
      PYTHONNOUSERSITE: '1',
    },
  }),
  counts: countCeleryTasks,
};

function workerArguments({ pool, emulate }: Cell, options: WorkerOptions): string[] {
  const { app = 'tasks', args = [], flags = [], name, concurrency = 2 } = options;
  return [
    ...flags,
    ...(emulate === 'spawn' ? [path.basename(spawned)] : ['-m', 'celery']),
    ...['-A', app, 'worker', '-l', 'INFO', '-c', `${concurrency}`],
    ...(options.poolFromSettings === true ? [] : ['-P', pool]),
    // Of workers with the same node name, Celery hears only one.
    ...(name === undefined ? [] : ['-n', `${name}@%h`]),
    ...args,
  ];
}
