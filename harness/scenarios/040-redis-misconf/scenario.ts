import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('add-is-refused', (run) => doubleWhileSavesFail(run, 'numbers.double'));
claim('allowed-writes-work', (run) =>
  doubleWhileSavesFail(run, 'numbers.double', ['stop-writes-on-bgsave-error', 'no']),
);
claim('no-snapshots-work', (run) => doubleWhileSavesFail(run, 'numbers.double', ['save', '']));
claim('celery-is-refused', (run) => doubleWhileSavesFail(run, 'tasks.double'));
claim('celery-works-with-allowed-writes', (run) =>
  doubleWhileSavesFail(run, 'tasks.double', ['stop-writes-on-bgsave-error', 'no']),
);
claim('worker-floods-the-log', async (run) => {
  const job = await run.add('numbers.double', [2]);
  await using _broken = await run.broken('misconf');
  await using worker = await run.worker();
  run.fact('500 errors', await worker.printed('500 errors'));
  await job.settled({ expect: 4, deadlineMs: 1_000 });
});
claim('worker-recovers', async (run) => {
  const job = await run.add('numbers.double', [2]);
  const broken = await run.broken('misconf');
  await using worker = await run.worker();
  run.fact('was refused', await worker.printed('MISCONF'));
  await broken[Symbol.asyncDispose]();
  await job.settled({ expect: 4 });
});

/** @param setting of the server, changed while its saves fail. */
async function doubleWhileSavesFail(
  run: Run,
  task: string,
  setting?: [name: string, value: string],
): Promise<void> {
  await using _worker = await run.worker();
  await using _broken = await run.broken('misconf');
  if (setting) await run.redis.config('SET', ...setting);
  await run.submit(task, [2], { expect: 4, deadlineMs: 10_000 });
  const state = await run.redis.info('persistence');
  run.fact('last save', /rdb_last_bgsave_status:(\w+)/.exec(state)?.[1] ?? 'unknown');
}
