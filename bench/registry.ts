/**
 * What the worker registry costs: the same no-op jobs a second of a bare BullMQ worker that announced
 * itself against one that did not, in process, on the same broker. The two take turns in pairs; what
 * counts is the median of the ratios of the pairs, with the interval that holds the true median at
 * 98.4 %: from the lowest to the highest of seven. On Redis where there is one, and on the embedded
 * PostgreSQL.
 *
 *     node bench/registry.ts [jobs of one race, default 30000 on Redis and 2000 on PostgreSQL]
 */
import { createPostgresBackend, withBackend, Queue, Worker } from 'bullmq';
import { startEmbeddedPostgres } from '../worker/postgres/embedded.ts';
import { announce } from '../worker/registry/announce.cjs';
import { startRedis, whyNoRedis } from '../worker/testing/redis.ts';

const pairs = 7;
const wanted = 0.95;
const options = { concurrency: 10, autorun: false };
const noOp = () => Promise.resolve();

interface Place {
  readonly queue: Queue;
  readonly openWorker: () => Worker;
}

const Postgres = withBackend(createPostgresBackend);

function onRedis(url: string): Place {
  const connection = { url, maxRetriesPerRequest: null };
  return {
    queue: new Queue('bench', { connection }),
    openWorker: () => new Worker('bench', noOp, { ...options, connection }),
  };
}

function onPostgres(url: string): Place {
  const connection = { connectionString: url, migrate: true };
  return {
    queue: new Postgres.Queue('bench', { connection }) as unknown as Queue,
    openWorker: () =>
      new Postgres.Worker('bench', noOp, { ...options, connection }) as unknown as Worker,
  };
}

/** Jobs a second from the first job that is done to the last. */
async function race({ queue, openWorker }: Place, jobs: number, joins: boolean): Promise<number> {
  await queue.obliterate({ force: true });
  await queue.addBulk(Array.from({ length: jobs }, () => ({ name: 'no-op', data: {} })));
  const worker = openWorker();
  const over = Promise.withResolvers<number>();
  let done = 0;
  let started = 0;
  worker.on('completed', () => {
    if (++done === 1) started = performance.now();
    if (done === jobs) over.resolve(((jobs - 1) / (performance.now() - started)) * 1000);
  });
  worker.on('error', over.reject);
  const stop = joins ? announce(worker, { onError: over.reject }) : undefined;
  worker.run().catch(over.reject);
  try {
    return await over.promise;
  } finally {
    await stop?.();
    await worker.close();
  }
}

async function compare(name: string, place: Place, jobs: number): Promise<void> {
  const ratios: number[] = [];
  // What is compiled and connected for the first time costs whoever comes first.
  await race(place, Math.ceil(jobs / 10), false);
  await race(place, Math.ceil(jobs / 10), true);
  for (let pair = 0; pair < pairs; pair++) {
    const joinsFirst = pair % 2 === 1;
    const first = await race(place, jobs, joinsFirst);
    const second = await race(place, jobs, !joinsFirst);
    const [bare, joined] = joinsFirst ? [second, first] : [first, second];
    ratios.push(joined / bare);
    process.stderr.write(`${name}: bare ${bare.toFixed(0)}, joined ${joined.toFixed(0)} jobs/s\n`);
  }
  const [low, , , median, , , high] = ratios.toSorted((one, other) => one - other);
  const told = [median, low, high].map((ratio) => (ratio ?? NaN).toFixed(3));
  process.stdout.write(
    `registry on ${name}: joined / bare = ${told[0] ?? ''}, the median of ${pairs} pairs, from ${told[1] ?? ''} to ${told[2] ?? ''} (wanted: at least ${wanted})\n`,
  );
  await place.queue.close();
}

const said = process.argv[2] === undefined ? undefined : Number(process.argv[2]);
if (said !== undefined && !(Number.isInteger(said) && said >= 100)) {
  process.stderr.write(
    'Expected a whole number of jobs from 100. Try: node bench/registry.ts 5000\n',
  );
  process.exit(2);
}
const noRedis = await whyNoRedis();
if (noRedis === undefined) {
  await using redis = await startRedis();
  await compare('Redis', onRedis(redis.url), said ?? 30_000);
} else {
  process.stdout.write(`registry on Redis: not measured, ${noRedis}\n`);
}
await using postgres = await startEmbeddedPostgres();
await compare('embedded PostgreSQL', onPostgres(postgres.url), said ?? 2000);
