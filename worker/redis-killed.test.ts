import pWaitFor from 'p-wait-for';
import { expect, test } from 'vitest';
import { brokerAt } from './broker/broker.ts';
import { readImport } from './import/import-record.ts';
import { stageImport } from './import/stage-import.ts';
import { startLiveWorker } from './live-worker.ts';
import { readPositions } from './positions/read-positions.ts';
import { enqueueImport, importsQueue } from './queue/import-job.ts';
import { useDatabase } from './testing/database.ts';
import { startRedis, whyNoRedis } from './testing/redis.ts';
import { inBytes } from './testing/text.ts';

const header = 'date,symbol,side,quantity,price,fees,currency\n';
const context = useDatabase();
const noRedis = await whyNoRedis();
const deadline = { interval: 50, timeout: 30_000 };

function stage(portfolio: string, rows: number): Promise<string> {
  const content = inBytes(header + '2026-01-02,ABC,buy,1,1,0,EUR\n'.repeat(rows), 4096);
  return stageImport(context.database, { portfolio, onBadRow: 'reject', content });
}

async function isDone(id: string): Promise<boolean> {
  return (await readImport(context.database, id))?.state === 'done';
}

test.skipIf(noRedis)(
  `Redis killed in the middle of an import: it is finished, and work goes on with the next Redis${noRedis ? `: ${noRedis}` : ''}`,
  async () => {
    await using redis = await startRedis();
    const broker = brokerAt(redis.url);
    await using open = broker.openQueue(importsQueue, () => undefined);
    const { queue } = open;
    const worker = await startLiveWorker({
      brokerUrl: redis.url,
      databaseUrl: context.url,
      pool: 'solo',
      writeups: [],
      onError: () => undefined,
    });
    const interrupted = await stage('interrupted', 30_000);
    await enqueueImport(queue, interrupted);
    const progress = async () => (await queue.getJob(interrupted))?.progress as unknown;
    await pWaitFor(async () => typeof (await progress()) === 'object', {
      ...deadline,
      interval: 5,
    });
    expect(await isDone(interrupted)).toBe(false);
    await redis.kill();
    await pWaitFor(() => isDone(interrupted), deadline);
    expect(await readPositions(context.database, 'interrupted')).toMatchObject([
      { quantity: '30000' },
    ]);

    // It kept nothing: the job is gone, the import is not.
    await using next = await startRedis(Number(new URL(redis.url).port));
    expect(await next.client.ping()).toBe('PONG');
    const answers = () => queue.getJobCounts().then(Boolean, () => false);
    await pWaitFor(answers, deadline);
    for (const id of [interrupted, await stage('after', 1)]) await enqueueImport(queue, id);
    await pWaitFor(async () => (await queue.getCompletedCount()) === 2, deadline);
    await worker[Symbol.asyncDispose]();
    expect(await readPositions(context.database, 'interrupted')).toMatchObject([
      { quantity: '30000' },
    ]);
    expect(await readPositions(context.database, 'after')).toMatchObject([{ quantity: '1' }]);
  },
  120_000,
);

test.skipIf(noRedis)(
  `a worker with nothing to do stops within seconds although its Redis is gone${noRedis ? `: ${noRedis}` : ''}`,
  async () => {
    await using redis = await startRedis();
    const worker = await startLiveWorker({
      brokerUrl: redis.url,
      databaseUrl: context.url,
      pool: 'solo',
      writeups: [],
      onError: () => undefined,
    });
    await worker.worker.waitUntilReady();
    await redis.kill();
    const started = performance.now();
    await worker[Symbol.asyncDispose]();
    expect(performance.now() - started).toBeLessThan(15_000);
  },
);
