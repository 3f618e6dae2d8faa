import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';
import { noteLockChecks } from '../bullmq-lock-checks.ts';

claim('next-step-is-done-twice', (run) => remind(run, 'go on'));
claim('return-prints-missing-lock', (run) => remind(run, 'return'));
claim('forgotten-token-fails', (run) => remind(run, 'throw', 'none'));
claim('delayed-error-works', (run) => remind(run, 'throw'));

/** The job returns how often it has sent. */
async function remind(run: Run, then: string, token = 'passed'): Promise<void> {
  await using worker = await run.worker({ env: { THEN: then, TOKEN: token } });
  await run.submit('reminders.remind', { step: 'delay' }, { expect: 1 });
  run.fact('sent', run.count('sent', [worker]));
  await noteLockChecks(run, 'bull:reminders');
}
