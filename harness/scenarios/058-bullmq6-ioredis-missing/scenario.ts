import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('worker-without-ioredis-ends', double);
claim('import-fails-before-6-0-10', double);
claim('bullmq-5-brings-ioredis', double);
claim('ioredis-installed-works', double);
claim('older-ioredis-works', double);
claim('node-redis-works-without-it', doubleByNodeRedis);
claim('node-redis-needs-it-before-6-0-10', doubleByNodeRedis);

/** What differs is what is installed. */
async function double(run: Run): Promise<void> {
  await using worker = await run.worker();
  const giveUp = () => (worker.exit ? 'the worker had ended' : undefined);
  await run.submit('numbers.double', [2], { expect: 4, giveUp });
  run.fact('worker still runs', worker.exit === undefined);
}

async function doubleByNodeRedis(run: Run): Promise<void> {
  await run.submitBy('node-redis.mjs', { job: 'numbers.double(2)', expect: 4 });
}
