import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';
import { noteLockChecks } from '../bullmq-lock-checks.ts';

claim('job-goes-round-for-ever', (run) => prefixByConnection(run));
claim('version-4-fails-it', (run) => prefixByConnection(run));
claim('client-with-a-key-prefix-is-refused', async (run) => {
  await using worker = await run.worker({ env: { HOW: 'by a client' } });
  const giveUp = () => (worker.exit ? 'the worker had ended' : undefined);
  await run.submit('numbers.double', [2], { expect: 4, giveUp });
});
claim('prefix-of-bullmq-works', async (run) => {
  await using worker = await run.worker({ env: { HOW: 'by BullMQ' } });
  await run.submit('numbers.double', [2], { expect: 4, client: { prefix: 'app' } });
  run.fact('begun', run.count('begun', [worker]));
  await noteKeys(run);
  await noteLockChecks(run, 'app:numbers');
});

async function prefixByConnection(run: Run): Promise<void> {
  await using worker = await run.worker({ env: { HOW: 'by options' } });
  const client = { connection: { keyPrefix: 'app:' } };
  const job = await run.add('numbers.double', [2], { client });
  const isRound = () => run.count('taken', [worker]) > 4;
  const isFailed = () => run.count('Job failed', [worker]) > 0;
  await job.settled({
    expect: 4,
    giveUp: () => (isRound() || isFailed() ? 'it had been taken five times, or failed' : undefined),
  });
  run.facts({ begun: run.count('begun', [worker]), 'taken again and again': isRound() });
  await noteKeys(run);
  await noteLockChecks(run, 'app:bull:numbers');
}

async function noteKeys(run: Run): Promise<void> {
  const keys = await run.redis.keys('*numbers:*');
  run.fact('two kinds of keys', new Set(keys.map((key) => key.startsWith('app:'))).size === 2);
}
