import pWaitFor from 'p-wait-for';
import { expect, test } from 'vitest';
import { readImport } from '../import/import-record.ts';
import { startLiveWorker } from '../live-worker.ts';
import { enqueueImport, importsQueue } from '../queue/import-job.ts';
import { useDatabase } from '../testing/database.ts';
import { closedPort, startRedis, whyNoRedis } from '../testing/redis.ts';
import { stageRows } from '../testing/stage-text.ts';
import { brokerAt } from './broker.ts';

const context = useDatabase();
const noRedis = await whyNoRedis();
const why = noRedis ? `: ${noRedis}` : '';
const deadline = { interval: 50, timeout: 30_000 };
/** How long lost jobs may take to be back once their broker is, in milliseconds. */
const backWithinMs = 10_000;

test.skipIf(noRedis)(`a wrong password is reported now and then${why}`, async () => {
  await using redis = await startRedis();
  await redis.client.config('SET', 'requirepass', 'right');
  const url = new URL(redis.url);
  url.password = 'wrong';
  const errors: Error[] = [];
  const onError = (error: Error) => void errors.push(error);
  const started = performance.now();
  {
    await using worker = await startLiveWorker({
      brokerUrl: url.href,
      databaseUrl: context.url,
      pool: 'solo',
      writeups: [],
      onError,
    });
    expect(worker.pool).toBe('solo');
    await pWaitFor(() => performance.now() - started > 4000, deadline);
  }
  // It also stops, although its connections were never good for anything.
  expect(performance.now() - started).toBeLessThan(15_000);
  expect(errors.length).toBeGreaterThan(0);
  expect(errors.length).toBeLessThan(100);
});

const losses = ['killed and started again', 'flushed'] as const;
test.skipIf(noRedis).each(losses)(
  `imports whose jobs are lost because Redis is %s run within 10 s of its return${why}`,
  async (loss) => {
    const port = await closedPort();
    let redis = await startRedis(port);
    const options = {
      brokerUrl: redis.url,
      databaseUrl: context.url,
      pool: 'solo',
      writeups: [],
      onError: () => undefined,
    } as const;
    await using worker = await startLiveWorker(options);
    await worker.worker.waitUntilReady();
    await using open = brokerAt(redis.url).openQueue(importsQueue, () => undefined);
    // Jobs of a queue that is paused are there, and stay.
    await open.queue.pause();
    const ids: string[] = [];
    for (let file = 0; file < 20; file++) {
      const id = await stageRows(
        context.database,
        `${loss}-${file % 4}`,
        `2026-01-${10 + file},ABC,buy,1,1,0,EUR`,
      );
      await enqueueImport(open.queue, id);
      ids.push(id);
    }
    if (loss === 'flushed') {
      await redis.client.flushall();
    } else {
      await redis[Symbol.asyncDispose]();
      redis = await startRedis(port);
    }
    const back = performance.now();
    for (const id of ids) {
      await pWaitFor(
        async () => (await readImport(context.database, id))?.state === 'done',
        deadline,
      );
    }
    expect(performance.now() - back).toBeLessThan(backWithinMs);
    await redis[Symbol.asyncDispose]();
  },
);
