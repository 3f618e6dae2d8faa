import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';
import { noteLockChecks } from '../bullmq-lock-checks.ts';

claim('flushed-job-is-lost', (run) => flushUnderJob(run, (redis) => redis.flushall()));
claim('flush-of-its-own-database-works', (run) =>
  flushUnderJob(run, (redis) => redis.multi().select(1).flushdb().select(0).exec()),
);
claim('forbidden-flush-works', (run) =>
  // What the server answers is that it does not know the command.
  flushUnderJob(run, (redis) => redis.flushall().catch(() => undefined)),
);
claim('worker-stays-wedged', (run) => addAfterFlush(run, 'afterwards'));
claim('next-job-of-the-same-id-stalls', (run) => addAfterFlush(run, 'at once'));

async function flushUnderJob(
  run: Run,
  flush: (redis: Run['redis']) => Promise<unknown>,
): Promise<void> {
  await using worker = await run.worker();
  const job = await run.add('numbers.double', [2]);
  await worker.printed('begun');
  await flush(run.redis);
  await worker.printed(/completed|moveToFinished/);
  await job.settled({ expect: 4 });
  await noteLockChecks(run);
}

/** Flushes under a job, and adds another one: when the first is over, or at once. */
async function addAfterFlush(run: Run, when: 'afterwards' | 'at once'): Promise<void> {
  await using worker = await run.worker();
  const before = await run.add('numbers.double', [2]);
  await worker.printed('begun');
  await run.redis.flushall();
  if (when === 'afterwards') await worker.printed('moveToFinished');
  const after = await run.add('numbers.double', [5]);
  await after.settled({ expect: 10 });
  run.fact('same id', after.id === before.id);
  await noteLockChecks(run);
}
