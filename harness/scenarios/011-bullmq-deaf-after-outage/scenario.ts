import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

claim('worker-stays-deaf', outlast);
claim('other-versions-resume', outlast);
claim('restarted-worker-resumes', async (run) => {
  await using before = await run.worker({ name: 'before' });
  await run.outage({ lastsMs });
  await before.kill();
  await run.add('numbers.double', [1]);
  await using after = await run.worker({ name: 'after' });
  await work(run, after);
});

/** Much longer than the worker's drainDelay of 1 s. */
const lastsMs = 5_000;

async function outlast(run: Run): Promise<void> {
  await using worker = await run.worker();
  await run.outage({ lastsMs });
  await run.add('numbers.double', [1]);
  await work(run, worker);
}

async function work(run: Run, worker: Actor): Promise<void> {
  await run.submit('numbers.double', [2], { expect: 4, deadlineMs: 8_000 });
  run.fact('worker still runs', worker.exit === undefined);
  run.fact('jobs waiting', (await run.counts('numbers')).waiting ?? 0);
  const clients = String(await run.redis.client('LIST')).split(/\r?\n/);
  run.fact('clients waiting for jobs', clients.filter((one) => / flags=\w*b/.test(one)).length);
}
