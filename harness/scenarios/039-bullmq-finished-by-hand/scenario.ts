import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';
import { noteLockChecks } from '../bullmq-lock-checks.ts';

claim('listener-has-another-token', (run) => listen(run, { ON: 'active', TOKEN: 'my-token' }));
claim('listener-is-too-late', (run) => listen(run, { ON: 'completed', TOKEN: 'my-token' }));
claim('token-zero-takes-the-job', (run) => listen(run, { ON: 'active', TOKEN: '0' }));
claim('returned-result-works', async (run) => {
  await using _worker = await run.worker();
  await run.submit('numbers.double', [2], { expect: 4 });
  await note(run);
});
claim('expired-lock-ends-the-program', (run) => fetchByHand(run, 'no'));
claim('renewed-lock-works', (run) => fetchByHand(run, 'yes'));

async function listen(run: Run, env: { ON: string; TOKEN: string }): Promise<void> {
  // A job that is finished by hand while it runs must not be over before.
  const wait = env.ON === 'active' ? { WAIT: 'finished-by-hand' } : {};
  await using _worker = await run.worker({ env: wait });
  await using listener = await run.actor('listener.mjs', { env, until: 'listening' });
  const job = await run.add('numbers.double', [2]);
  await listener.printed('done');
  await run.flag('finished-by-hand');
  await job.settled({ expect: 4 });
  await run.until(() => listener.exit !== undefined || run.count('moveToFinished') > 1);
  await note(run);
}

async function fetchByHand(run: Run, renew: string): Promise<void> {
  await using program = await run.worker({ app: 'by-hand.mjs', env: { RENEW: renew } });
  const giveUp = () => (program.exit ? 'the program had ended' : undefined);
  await run.submit('numbers.double', [2], { expect: 4, giveUp });
  await note(run);
}

async function note(run: Run): Promise<void> {
  run.fact('frame of a listener', run.count('QueueEvents.<anonymous>') > 0);
  run.fact('frame of the worker', run.count('Worker.handleFailed') > 0);
  await noteLockChecks(run);
}
