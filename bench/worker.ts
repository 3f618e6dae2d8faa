/**
 * What the live worker costs: the same no-op jobs a second with its connections and settings against
 * a bare BullMQ worker, in process, on the same broker. The two take turns, so that whatever else the
 * machine does hits both. On Redis where there is one, and on the embedded PostgreSQL.
 */
import { createPostgresBackend, withBackend, Worker, type Queue } from 'bullmq';
import { brokerAt } from '../worker/broker/broker.ts';
import { startEmbeddedPostgres } from '../worker/postgres/embedded.ts';
import { jobOptions } from '../worker/settings.ts';
import { startRedis, whyNoRedis } from '../worker/testing/redis.ts';

const rounds = 9;
const concurrency = 10;
const wanted = 0.95;

/** A worker of either kind, as far as this program goes. */
type Runnable = Pick<Worker, 'on' | 'run' | 'close'>;
type NoOp = () => Promise<void>;

type Contestant = (queue: string) => Runnable;

const noOp: NoOp = () => Promise.resolve();
const options = { concurrency, autorun: false };
const Postgres = withBackend(createPostgresBackend);

function ours(url: string): Contestant {
  const report = (error: Error) => process.stderr.write(`${error.message}\n`);
  return (queue) => brokerAt(url).openWorker(queue, noOp, options, report).worker;
}

function bareOnRedis(url: string): Contestant {
  const connection = { url, maxRetriesPerRequest: null };
  return (queue) => new Worker(queue, noOp, { ...options, connection });
}

function bareOnPostgres(url: string): Contestant {
  const connection = { connectionString: url, migrate: true };
  return (queue) =>
    new Postgres.Worker(queue, noOp, { ...options, connection }) as unknown as Runnable;
}

/** Jobs a second from the first job that is done to the last. */
async function race(url: string, jobs: number, contestant: Contestant): Promise<number> {
  await using open = brokerAt(url).openQueue('bench', (error) => {
    throw error;
  });
  const queue: Queue = open.queue;
  await queue.obliterate({ force: true });
  await queue.addBulk(
    Array.from({ length: jobs }, () => ({ name: 'no-op', data: {}, opts: jobOptions })),
  );
  const worker = contestant('bench');
  const over = Promise.withResolvers<number>();
  let done = 0;
  let started = 0;
  worker.on('completed', () => {
    if (++done === 1) started = performance.now();
    if (done === jobs) over.resolve(((jobs - 1) / (performance.now() - started)) * 1000);
  });
  worker.on('error', over.reject);
  worker.run().catch(over.reject);
  try {
    return await over.promise;
  } finally {
    await worker.close();
  }
}

async function compare(name: string, url: string, jobs: number, bare: Contestant): Promise<void> {
  // The best of all rounds: whatever disturbs a round only makes it slower.
  const best = { bare: 0, ours: 0 };
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? (['bare', 'ours'] as const) : (['ours', 'bare'] as const);
    for (const who of order) {
      const speed = await race(url, jobs, who === 'bare' ? bare : ours(url));
      best[who] = Math.max(best[who], speed);
    }
  }
  const ratio = best.ours / best.bare;
  process.stdout.write(
    `worker on ${name}: bare ${best.bare.toFixed(0)} jobs/s, ours ${best.ours.toFixed(0)} jobs/s\n` +
      `worker on ${name}: ours / bare = ${ratio.toFixed(3)} (wanted: at least ${wanted})\n`,
  );
}

const noRedis = await whyNoRedis();
if (noRedis === undefined) {
  await using redis = await startRedis();
  await compare('Redis', redis.url, 10_000, bareOnRedis(redis.url));
} else {
  process.stdout.write(`worker on Redis: not measured, ${noRedis}\n`);
}
await using postgres = await startEmbeddedPostgres();
await compare('embedded PostgreSQL', postgres.url, 1500, bareOnPostgres(postgres.url));
