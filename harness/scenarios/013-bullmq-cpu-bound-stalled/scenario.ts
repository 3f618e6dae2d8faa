import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';
import { noteLockChecks } from '../bullmq-lock-checks.ts';

claim('computing-job-stalls', (run) => compute(run));
claim('computing-job-begins-twice', (run) =>
  // So long that the second worker still has its lock when the first is done.
  compute(run, { MAX_STALLED: '1', LOCK_MS: '2500', RENEW_MS: '1000' }),
);
claim('pieces-longer-than-the-lock-fail', (run) => compute(run, { HOW: 'in pieces' }));
claim('renewing-more-often-helps', (run) => compute(run, { RENEW_MS: '100' }));
claim('rests-work', (run) => compute(run, { HOW: 'with rests' }));
claim('longer-lock-works', (run) => compute(run, { LOCK_MS: '10000', RENEW_MS: '5000' }));
claim('child-process-works', (run) => compute(run));
claim('worker-thread-works', (run) => compute(run));

const usual = { HOW: 'at a stretch', LOCK_MS: '1000', RENEW_MS: '500', MAX_STALLED: '0' };

/** Has two workers, so that one can find the other's job stalled. */
async function compute(run: Run, settings: Partial<typeof usual> = {}): Promise<void> {
  const workers = await run.workers(2, { env: { ...usual, ...settings } });
  const job = await run.submit('numbers.double', [2], { expect: 4 });
  // Who lost the job goes on with it all the same, and finds out when it is done.
  await run.until(() => run.count('computed') === run.count('begun'));
  if (job.state === 'failed') await run.printed('Missing lock for job', { deadlineMs: 2_000 });
  const told = await Promise.all(workers.map((worker) => worker.json('took a CPU', 0)));
  run.fact('took a CPU', told.includes(true));
  run.fact('begun', run.count('begun'));
  run.fact('lock mismatch', run.count('Lock mismatch for job') > 0);
  await noteLockChecks(run);
}
