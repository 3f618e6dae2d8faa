import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

const message = 'Redis is loading the dataset in memory';

claim('celery-cannot-connect', async (run) => {
  await using _loading = await run.broken('loading');
  await using worker = await run.worker({ deadlineMs: 3_000 });
  await run.submit('tasks.double', [2], { expect: 4, deadlineMs: 3_000 });
  run.fact('worker still runs', worker.exit === undefined);
});
claim('celery-connects-once-it-is-loaded', async (run) => {
  const loading = await run.broken('loading');
  await using worker = await run.worker({ deadlineMs: 3_000 });
  await loading[Symbol.asyncDispose]();
  await run.submit('tasks.double', [2], { expect: 4 });
  run.fact('was refused', run.count(message, [worker]) > 0);
});
claim('waiting-for-pong-works', async (run) => {
  const loading = await run.broken('loading');
  await using waits = await run.actor('wait_for_redis.py', { until: message });
  await loading[Symbol.asyncDispose]();
  run.fact('has waited', run.count(message, [waits]) > 0);
  await waits.ended();
  await using worker = await run.worker();
  await run.submit('tasks.double', [2], { expect: 4 });
  run.fact('was refused', run.count(message, [worker]) > 0);
});
claim('bullmq-waits-in-silence', (run) => doubleWhileItLoads(run));
claim('bullmq-without-ready-check-is-refused', (run) =>
  doubleWhileItLoads(run, { READY_CHECK: 'no' }),
);

/** A worker of BullMQ that is started while Redis loads for so long as its silence is listened to. */
async function doubleWhileItLoads(run: Run, env = {}): Promise<void> {
  const job = await run.add('numbers.double', [2]);
  const loading = await run.broken('loading');
  await using worker = await run.actor('worker.mjs', { env });
  run.fact('silent for 3 s', await run.never(() => worker.lines.length > 0, 3_000));
  await loading[Symbol.asyncDispose]();
  await job.settled({ expect: 4 });
  run.fact('was refused', run.count(message, [worker]) > 0);
}
