import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('worker-is-refused', (run) => double(run, 'in redisOptions'));
claim('password-beside-is-refused', (run) => double(run, 'beside redisOptions'));
claim('password-works', (run) => double(run, 'in redisOptions'));

/** A worker and a producer that are given the password in one way. */
async function double(run: Run, where: string): Promise<void> {
  const env = { WHERE: where };
  await using worker = await run.actor('worker.mjs', { env });
  await worker.printed(/ready|NOAUTH/);
  const refused = () => run.count('NOAUTH', [worker]) > 0;
  await run.submitBy('add.mjs', {
    ...{ env, job: 'double(2)', expect: 4, deadlineMs: 8_000 },
    giveUp: () => (refused() && run.count('added') > 0 ? 'the worker was refused' : undefined),
  });
  run.fact('producer was refused', run.count('added') === 0);
}
