import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('real-error-is-hidden', (run) => pay(run));
claim('thread-tells-it', (run) => pay(run));
claim('function-tells-it', (run) => pay(run));
claim('message-alone-is-told', (run) => pay(run, 'its message alone'));
claim('fixed-version-tells-it', (run) => pay(run));

/** Has a job fail, and looks at the reason that is kept of it. */
async function pay(run: Run, throws = 'the error itself'): Promise<void> {
  await using worker = await run.worker({ env: { THROWS: throws } });
  const { id } = await run.add('payments.pay', []);
  await worker.printed('Job failed: ');
  const reason = await run.redis.hget(`bull:payments:${id}`, 'failedReason');
  const expected = 'the card was declined';
  run.job({ name: 'failedReason', state: 'completed', result: reason, expected });
}
