import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

const sameId = { jobId: 'user-1', attempts: 5 };

claim('adding-again-does-nothing', (run) => again(run, sameId));
claim('remove-on-complete-does-not-help', (run) =>
  again(run, { ...sameId, removeOnComplete: true }),
);
claim('remove-on-fail-works', (run) => again(run, { ...sameId, removeOnFail: true }));
claim('removing-works', (run) => again(run, sameId, 'removed'));
claim('retry-works', (run) => again(run, sameId, 'retried'));
claim('deduplication-works', (run) => again(run, { attempts: 5, deduplication: { id: 'user-1' } }));
claim('attempts-are-used', (run) => killTwice(run, '1'));
claim('higher-count-works', (run) => killTwice(run, '5'));

/** Kills two workers in the middle of a job. The third has it fail; then it is added again, or what else HOW says. */
async function again(run: Run, options: object, how = 'added'): Promise<void> {
  await stall(run, options, '1');
  await using third = await run.worker({ name: 'third', env: { MAX_STALLED: '1' } });
  run.fact('failed by stalling', await third.printed('Job failed: job stalled more than'));
  await run.flag('go on');
  const env = { HOW: how, OPTIONS: JSON.stringify(options) };
  await run.submitBy('again.mjs', { env, job: 'the job again', expect: 'done' });
}

/** Kills two workers in the middle of a job, and has a third go on. */
async function killTwice(run: Run, maxStalled: string): Promise<void> {
  const job = await stall(run, sameId, maxStalled);
  await run.flag('go on');
  await using _third = await run.worker({ name: 'third', env: { MAX_STALLED: maxStalled } });
  await job.settled({ expect: 4, deadlineMs: 8_000 });
  run.fact('begun', run.count('begun'));
}

async function stall(run: Run, options: object, maxStalled: string): ReturnType<Run['add']> {
  const job = await run.add('numbers.double', [2], { options: { ...options } });
  for (const name of ['first', 'second']) {
    const worker = await run.worker({ name, env: { MAX_STALLED: maxStalled } });
    await worker.printed('begun');
    await worker.kill();
  }
  return job;
}
