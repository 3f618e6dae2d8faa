import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';
import type { WorkerOptions } from '../../lab/engines/engine-programs.ts';

const inSettings: WorkerOptions = {
  poolFromSettings: true,
  env: { POOL_OF_THE_SETTINGS: 'gevent' },
};
const inEnvironment: WorkerOptions = {
  poolFromSettings: true,
  env: { CELERY_WORKER_POOL: 'gevent' },
};

claim('pool-in-settings-hangs', (run) => sixNaps(run, inSettings));
claim('pool-in-the-environment-hangs', (run) => sixNaps(run, inEnvironment));
claim('pool-on-the-command-line-works', (run) => sixNaps(run, {}));

async function sixNaps(run: Run, options: WorkerOptions): Promise<void> {
  await using worker = await run.worker(options);
  const banner = worker.lines.find((line) => line.includes('concurrency:')) ?? '';
  await run.addBulk(
    'tasks.nap',
    Array.from({ length: 5 }, () => []),
  );
  await run.submit('tasks.nap', [], { expect: 'rested', deadlineMs: 12_000 });
  run.facts({
    'banner says gevent': banner.includes('(gevent)'),
    'sockets patched': (await worker.json('sockets patched')) ?? 'never told',
    'tasks done': run.count('succeeded in', [worker]),
    'worker still runs': worker.exit === undefined,
  });
}
