import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';
import { noteLockChecks } from '../bullmq-lock-checks.ts';

claim('frozen-worker-loses-its-job', (run) => freeze(run));
claim('job-is-done-twice', (run) => freeze(run, { MAX_STALLED: '1' }));
claim('sleeping-machine-loses-its-job', (run) => freeze(run, {}, true));
claim('longer-lock-works', (run) => freeze(run, { LOCK_MS: '20000' }));
claim('cancelled-job-is-done-once', (run) =>
  freeze(run, { MAX_STALLED: '1', WHEN_LOST: 'cancel' }),
);

const usual = { LOCK_MS: '1000', MAX_STALLED: '0', WHEN_LOST: 'nothing' };

/** Suspends the worker that has a job, for three seconds at most; `all` suspends the other and the broker, too. */
async function freeze(run: Run, settings: Partial<typeof usual> = {}, all = false): Promise<void> {
  const env = { ...usual, ...settings };
  await using first = await run.worker({ name: 'first', env });
  const job = await run.add('numbers.double', [2]);
  await first.printed('begun');
  await using second = await run.worker({ name: 'second', env });
  const frozen = all ? [first, second] : [first];
  for (const worker of frozen) await worker.freeze();
  if (all) await run.outage({ lastsMs: 3_000, fault: { kind: 'frozen' } });
  else await run.never(() => run.count(/begun|Job failed/, [second]) > 0, 3_000);
  for (const worker of frozen) await worker.resume();
  const { state } = await job.settled({ expect: 4 });
  run.facts({ 'took a CPU': await first.json('took a CPU') });
  // Who lost the job goes on with it all the same, and finds out when it is done.
  if (state === 'failed') await first.printed('Missing lock for job');
  run.fact('begun', run.count('begun'));
  run.fact('done', run.count('done'));
  await noteLockChecks(run);
}
