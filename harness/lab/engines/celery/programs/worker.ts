import path from 'node:path';
import type { Cell } from '../../../../../catalog/evidence/schema.ts';
import type { WorkerOptions } from '../../engine-programs.ts';
import type { EnginePrograms } from '../../engine-programs.ts';

const here = import.meta.dirname;
const spawned = path.join(here, 'spawned.py');
const client = path.join(here, 'client.py');

/** Celery's worker and the client that sends it tasks. */
export const celeryPrograms: EnginePrograms = {
  readyText: ' ready.',
  worker: (cell, options) => ({
    files: cell.emulate === 'spawn' ? [spawned] : [],
    arguments: workerArguments(cell, options),
  }),
  client: (task, args, deadlineMs) => ({
    files: [client],
    arguments: [path.basename(client), task, JSON.stringify(args), `${deadlineMs / 1000}`],
  }),
  env: (url) => ({
    CELERY_BROKER_URL: url,
    CELERY_RESULT_BACKEND: url,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
    PYTHONUTF8: '1',
    PYTHONNOUSERSITE: '1',
  }),
};

function workerArguments(
  { pool, emulate }: Cell,
  { app = 'tasks', args = [], concurrency = 2, poolFromSettings = false }: WorkerOptions,
): string[] {
  return [
    ...(emulate === 'spawn' ? [path.basename(spawned)] : ['-m', 'celery']),
    ...['-A', app, 'worker', '-l', 'INFO', '-c', `${concurrency}`],
    ...(poolFromSettings ? [] : ['-P', pool]),
    ...args,
  ];
}
