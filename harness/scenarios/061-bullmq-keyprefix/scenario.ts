import { claim } from '../../scenario/claim.ts';
import type { SendOptions } from '../../lab/engines/engine-programs.ts';
import type { Run } from '../../scenario/run.ts';
import { noteLockChecks } from '../bullmq-lock-checks.ts';

claim('jobs-run-again-and-again', async (run) => {
  await double(run, 'by options', { connection: { keyPrefix: 'app:' } });
  await noteLockChecks(run, 'app:bull:numbers');
});
claim('client-with-a-key-prefix-is-refused', (run) => double(run, 'by a client'));
claim('prefix-of-bullmq-works', async (run) => {
  await double(run, 'by BullMQ', { prefix: 'app' });
  await noteLockChecks(run, 'app:numbers');
});

async function double(run: Run, how: string, client: SendOptions['client'] = {}): Promise<void> {
  await using worker = await run.worker({ env: { HOW: how } });
  const job = await run.add('numbers.double', [2], { client });
  const isOver = () => worker.exit !== undefined || worker.count('completed') > 0;
  await run.until(() => isOver() || worker.count('begun') > 2);
  await job.settled({
    expect: 4,
    giveUp: () => {
      if (worker.exit) return 'the worker had ended';
      return worker.count('begun') > 2 ? 'it had been begun three times' : undefined;
    },
  });
  run.fact('begun', worker.count('begun'));
  const keys = await run.redis.keys('*numbers:*');
  run.fact('keys with and without', new Set(keys.map((key) => key.startsWith('app:'))).size === 2);
}
