import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('kept-jobs-fill-the-memory', (run) => fill(run));
claim('removed-jobs-leave-room', (run) => fill(run, '10'));
claim('worker-floods-the-log', async (run) => {
  const job = await run.add('numbers.double', [1]);
  await using _full = await run.broken('oom');
  await using worker = await run.worker();
  run.fact('500 errors', await worker.printed('500 errors'));
  await job.settled({ expect: 2, deadlineMs: 1_000 });
});
claim('worker-recovers', async (run) => {
  const job = await run.add('numbers.double', [1]);
  const full = await run.broken('oom');
  await using worker = await run.worker();
  run.fact('was refused', await worker.printed('OOM'));
  await full[Symbol.asyncDispose]();
  await job.settled({ expect: 2 });
});
claim('clean-works-when-it-is-full', async (run) => {
  await using _worker = await run.worker();
  await run.submit('numbers.double', [2], { expect: 4 });
  await using _full = await run.broken('oom');
  await run.factsFrom(await run.actor('clean.mjs'));
});
claim('celery-is-refused', async (run) => {
  await using _worker = await run.worker();
  await using _full = await run.broken('oom');
  await run.submit('tasks.double', [2], { expect: 4, deadlineMs: 10_000 });
});
claim('celery-works-with-memory', async (run) => {
  await using _worker = await run.worker();
  await run.submit('tasks.double', [2], { expect: 4 });
});

async function fill(run: Run, keep?: string): Promise<void> {
  await using worker = await run.worker();
  const env = { JOBS: '800', ...(keep && { KEEP: keep }) };
  await run.submitBy('fill.mjs', { job: '800 jobs of 5 kB', expect: 800, env });
  run.fact('worker still runs', worker.exit === undefined);
  run.fact('completed jobs kept', (await run.counts('numbers')).completed ?? 0);
}
