import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

claim('worker-stays-deaf', outlast);
claim('other-versions-resume', outlast);
claim('restarted-worker-resumes', async (run) => {
  await using before = await run.worker({ name: 'before' });
  await haveAnOutage(run);
  await before.kill();
  await run.add('numbers.double', [1]);
  await using after = await run.worker({ name: 'after' });
  await work(run, after);
});

async function outlast(run: Run): Promise<void> {
  await using worker = await run.worker();
  await haveAnOutage(run);
  await run.add('numbers.double', [1]);
  await work(run, worker);
}

/** Begins while the worker waits for a job, and lasts much longer than its drainDelay of 1 s. */
async function haveAnOutage(run: Run): Promise<void> {
  await run.until(async () => (await countListeners(run)) > 0);
  await run.outage({ lastsMs: 5_000 });
}

async function work(run: Run, worker: Actor): Promise<void> {
  const { state } = await run.submit('numbers.double', [2], { expect: 4, deadlineMs: 8_000 });
  if (state === 'completed') await run.until(async () => (await countListeners(run)) > 0);
  run.fact('worker still runs', worker.exit === undefined);
  run.fact('jobs waiting', (await run.counts('numbers')).waiting ?? 0);
  run.fact('clients waiting for jobs', await countListeners(run));
}

/** How many clients wait in a blocking command. */
async function countListeners({ redis }: Run): Promise<number> {
  const clients = String(await redis.client('LIST')).split(/\r?\n/);
  return clients.filter((one) => / flags=\w*b/.test(one)).length;
}
