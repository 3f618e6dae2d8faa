import type { Job, Queue } from 'bullmq';
import pWaitFor from 'p-wait-for';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brokerAt } from '../broker/broker.ts';
import { readImport } from '../import/import-record.ts';
import { carryOut } from '../lifecycle/carry-out.ts';
import { useDatabase } from '../testing/database.ts';
import { makeFaulty, makeSound } from '../testing/faulty-database.ts';
import { startRedis, whyNoRedis } from '../testing/redis.ts';
import { stageRows } from '../testing/stage-text.ts';
import { enqueueImport, importsQueue, jobIdOf } from './import-job.ts';
import { processImport } from './process-import.ts';
import { startUpkeep } from './upkeep.ts';

const context = useDatabase();
const noRedis = await whyNoRedis();
const deadline = { interval: 30, timeout: 20_000 };
const often = { everyMs: 100, lostAfterSeconds: 0.3 };
const bought = '2026-01-02,ABC,buy,10,100,5,EUR';

const ignore = () => undefined;

/** A worker that fails every job with a reason, as BullMQ does with one that stalled twice. */
function failJobs(url: string, reason: string) {
  const fail = () => Promise.reject(new Error(reason));
  return brokerAt(url).openWorker(importsQueue, fail, {}, ignore);
}

/** A worker of imports. */
function runJobs(url: string) {
  const run = (job: Job, token?: string, signal?: AbortSignal) =>
    processImport(context.database, job, token, signal);
  return brokerAt(url).openWorker(importsQueue, run, {}, ignore);
}

async function until(id: string, state: string): Promise<void> {
  await pWaitFor(async () => (await readImport(context.database, id))?.state === state, deadline);
}

const brokers: { name: string; reason: string | undefined; open: () => Promise<Broker> }[] = [
  {
    name: 'PostgreSQL',
    reason: undefined,
    open: () =>
      Promise.resolve({ url: context.url, [Symbol.asyncDispose]: () => Promise.resolve() }),
  },
  { name: 'Redis', reason: noRedis, open: () => startRedis() },
];
type Broker = AsyncDisposable & { readonly url: string };

describe.each(brokers)('on $name', ({ name, reason, open }) => {
  let broker: Broker;
  let queue: Queue;
  const stack = new AsyncDisposableStack();
  beforeAll(async () => {
    if (reason !== undefined) return;
    broker = stack.use(await open());
    queue = stack.use(brokerAt(broker.url).openQueue(importsQueue, ignore)).queue;
  });
  afterAll(() => stack.disposeAsync());

  const stage = (what: string) => stageRows(context.database, `${name}-${what}`, bought);

  test.skipIf(reason)('an import whose job has failed is carried by another', async () => {
    const id = await stage('stalled');
    await enqueueImport(queue, id);
    const failing = failJobs(broker.url, 'job stalled more than allowable limit');
    await pWaitFor(async () => (await queue.getJobState(id)) === 'failed', deadline);
    await failing.worker.close();
    const { worker } = runJobs(broker.url);
    using upkeep = startUpkeep(context.database, queue, ignore, often);
    expect(upkeep).toBeDefined();
    await until(id, 'done');
    await worker.close();
    expect(await queue.getJobState(id)).toBe('failed');
    expect(await queue.getJobState(jobIdOf(id, 2))).toBe('completed');
  });

  const losses: [string, (id: string) => Promise<unknown>][] = [
    ['was removed', async (id) => queue.remove(id)],
    ['was obliterated with the whole queue', () => queue.obliterate({ force: true })],
    ['was never put', () => queue.drain()],
  ];
  test.skipIf(reason).each(losses)(
    'an import whose job %s is carried by another',
    async (what, lose) => {
      const id = await stage(what);
      await enqueueImport(queue, id);
      await lose(id);
      await queue.resume();
      expect(await queue.getJob(id)).toBeUndefined();
      const { worker } = runJobs(broker.url);
      using upkeep = startUpkeep(context.database, queue, ignore, often);
      expect(upkeep).toBeDefined();
      await until(id, 'done');
      await worker.close();
    },
  );

  test.skipIf(reason)(
    'an import whose jobs cannot be run has failed, for that reason',
    async () => {
      const id = await stage('cannot');
      await enqueueImport(queue, id);
      const failing = failJobs(broker.url, 'Error initializing child');
      using upkeep = startUpkeep(context.database, queue, ignore, often);
      expect(upkeep).toBeDefined();
      await until(id, 'failed');
      await failing.worker.close();
      expect(await readImport(context.database, id)).toMatchObject({
        attempts: 5,
        reason: 'Error initializing child',
      });
    },
  );

  test.skipIf(reason)('the broker going away while a job is run is no attempt', async () => {
    const id = await stage('outage');
    await enqueueImport(queue, id);
    const failing = failJobs(broker.url, 'connect ECONNREFUSED 127.0.0.1:5432');
    {
      using upkeep = startUpkeep(context.database, queue, ignore, often);
      expect(upkeep).toBeDefined();
      await pWaitFor(async () => (await queue.getJob(jobIdOf(id, 8))) !== undefined, deadline);
    }
    await failing.worker.close();
    expect(await readImport(context.database, id)).toMatchObject({ state: 'waiting', attempts: 0 });
    // Left to nobody: other tests have upkeep, too.
    expect(await carryOut(context.database, id)).toMatchObject({ over: true });
  });

  test.skipIf(reason)('the retry of the board opens a failed import again', async () => {
    await makeFaulty(context.database);
    const poison = '2026-01-02,POISON,buy,10,100,5,EUR';
    const id = await stageRows(context.database, `${name}-retry`, poison);
    await enqueueImport(queue, id);
    const { worker } = runJobs(broker.url);
    await pWaitFor(async () => (await queue.getJobState(id)) === 'failed', deadline);
    const job = (await queue.getJob(id)) as Job;
    expect(job.failedReason).toBe('no such character');
    expect(await readImport(context.database, id)).toMatchObject({ state: 'failed' });
    await makeSound(context.database);
    await job.retry();
    await until(id, 'done');
    await pWaitFor(async () => (await queue.getJobState(id)) === 'completed', deadline);
    await worker.close();
  });

  test.skipIf(reason)('a second job of an import that was rejected changes nothing', async () => {
    const sale = await stageRows(
      context.database,
      `${name}-second`,
      '2026-01-03,ABC,sell,1,1,0,EUR',
    );
    expect(await carryOut(context.database, sale)).toMatchObject({ record: { state: 'rejected' } });
    const buy = await stage('second');
    expect(await carryOut(context.database, buy)).toMatchObject({ record: { state: 'done' } });
    await enqueueImport(queue, sale, 7);
    const { worker } = runJobs(broker.url);
    const jobId = jobIdOf(sale, 7);
    await pWaitFor(async () => (await queue.getJobState(jobId)) === 'failed', deadline);
    await worker.close();
    expect(await readImport(context.database, sale)).toMatchObject({ state: 'rejected' });
  });

  test.skipIf(reason)('a job of somebody else is refused, and says what was expected', async () => {
    const { id = '' } = await queue.add('resize', { image: 7 });
    const { worker } = runJobs(broker.url);
    await pWaitFor(async () => (await queue.getJobState(id)) === 'failed', deadline);
    await worker.close();
    expect(((await queue.getJob(id)) as Job).failedReason).toContain(
      "expected a job of poolproof's",
    );
  });
});
