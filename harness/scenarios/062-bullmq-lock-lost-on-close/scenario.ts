import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';
import { noteLockChecks } from '../bullmq-lock-checks.ts';

claim('closing-worker-loses-its-job', (run) => deploy(run, '0'));
claim('job-is-done-twice', (run) => deploy(run, '1'));
claim('fixed-version-keeps-it', (run) => deploy(run, '0'));

/** Replaces a worker that has a job, as a deployment does. */
async function deploy(run: Run, maxStalled: string): Promise<void> {
  const env = { MAX_STALLED: maxStalled };
  await using old = await run.worker({ name: 'old', env });
  const job = await run.add('numbers.double', [2]);
  await old.printed('begun');
  await using _new = await run.worker({ name: 'new', env });
  await old.signal('SIGTERM');
  await job.settled({ expect: 4 });
  await old.printed('closed');
  run.fact('begun', run.count('begun'));
  run.fact('done', run.count('done'));
  await noteLockChecks(run);
}
