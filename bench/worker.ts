/**
 * What the live worker costs: the same no-op jobs a second with its connections and settings against
 * a bare BullMQ worker, in process, on the same broker. The two take turns in pairs, so that whatever
 * else the machine does hits both; what counts is the median of the ratios of the pairs, with the
 * interval that holds the true median at 98.4 %: from the lowest to the highest of seven. On Redis where
 * there is one, and on the embedded PostgreSQL.
 *
 *     node bench/worker.ts [jobs of one race, default 10000 on Redis and 1500 on PostgreSQL]
 */
import { createPostgresBackend, withBackend, Worker, type Queue } from 'bullmq';
import { brokerAt } from '../worker/broker/broker.ts';
import { startEmbeddedPostgres } from '../worker/postgres/embedded.ts';
import { jobOptions } from '../worker/settings.ts';
import { startRedis, whyNoRedis } from '../worker/testing/redis.ts';

const pairs = 7;
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
  const bares: number[] = [];
  const ourses: number[] = [];
  // What is compiled and connected for the first time costs whoever comes first.
  await race(url, Math.ceil(jobs / 10), bare);
  await race(url, Math.ceil(jobs / 10), ours(url));
  for (let pair = 0; pair < pairs; pair++) {
    const order = pair % 2 === 0 ? (['bare', 'ours'] as const) : (['ours', 'bare'] as const);
    for (const who of order) {
      const speed = await race(url, jobs, who === 'bare' ? bare : ours(url));
      (who === 'bare' ? bares : ourses).push(speed);
    }
  }
  const ratios = ourses.map((speed, pair) => speed / (bares[pair] ?? NaN));
  const inOrder = ratios.toSorted((one, other) => one - other).map((ratio) => ratio.toFixed(3));
  process.stdout.write(
    `worker on ${name}: bare ${median(bares).toFixed(0)} jobs/s, ours ${median(ourses).toFixed(0)} jobs/s (medians of ${pairs})\n` +
      `worker on ${name}: ours / bare = ${median(ratios).toFixed(3)}, the median of ${pairs} pairs, from ${inOrder[0] ?? ''} to ${inOrder.at(-1) ?? ''} (wanted: at least ${wanted})\n`,
  );
}

const median = (values: readonly number[]) =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? NaN;

const said = process.argv[2] === undefined ? undefined : Number(process.argv[2]);
if (said !== undefined && !(Number.isInteger(said) && said >= 100)) {
  process.stderr.write(
    'Expected a whole number of jobs from 100. Try: node bench/worker.ts 2000\n',
  );
  process.exit(2);
}
const noRedis = await whyNoRedis();
if (noRedis === undefined) {
  await using redis = await startRedis();
  await compare('Redis', redis.url, said ?? 10_000, bareOnRedis(redis.url));
} else {
  process.stdout.write(`worker on Redis: not measured, ${noRedis}\n`);
}
await using postgres = await startEmbeddedPostgres();
await compare('embedded PostgreSQL', postgres.url, said ?? 1500, bareOnPostgres(postgres.url));
