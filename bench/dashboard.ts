/**
 * What the dashboard costs beside bare Bull Board, over the same 50 queues with 100,000 jobs in one
 * Redis, both polled in the same way: the 95th percentile of the time that the board's API takes, and
 * the memory of the process. The two take turns in pairs, so that whatever else the machine does hits
 * both; what counts is the median of the ratios of seven pairs, with the interval that holds the true
 * median at 98.4 %: from the lowest to the highest. It is met where the highest is.
 *
 *     node bench/dashboard.ts [polls of one turn, default 100]
 */
import { execa } from 'execa';
import { Queue, Worker } from 'bullmq';
import path from 'node:path';
import pWaitFor from 'p-wait-for';
import { startRedis, whyNoRedis } from '../worker/testing/redis.ts';

const pairs = 7;
const queueCount = 50;
const jobsPerQueue = 2000;
const failedJobs = 200;
const wanted = { p95: 1.05, memory: 1.3 };
const program = path.join(import.meta.dirname, 'dashboard', 'server.ts');

type Contestant = Awaited<ReturnType<typeof start>>;

async function fill(url: string): Promise<void> {
  const connection = { url, maxRetriesPerRequest: null };
  for (let index = 0; index < queueCount; index += 1) {
    const queue = new Queue(`bench-${index}`, { connection });
    await queue.addBulk(
      Array.from({ length: jobsPerQueue }, (_value, job) => ({
        name: 'import',
        data: { portfolio: `p${job}`, file: `trades-${job}.csv`, rows: job },
      })),
    );
    await queue.close();
  }
  let failed = 0;
  const fail = () =>
    failed++ < failedJobs
      ? Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:6379'))
      : new Promise<never>(() => undefined);
  const worker = new Worker('bench-0', fail, { connection, concurrency: 10 });
  await pWaitFor(() => failed > failedJobs, { timeout: 60_000 });
  await worker.close(true);
}

async function start(who: 'bare' | 'ours', url: string) {
  const child = execa(process.execPath, [program, who, url, String(queueCount)], {
    ipc: true,
    stdio: ['ignore', 'ignore', 'inherit'],
    reject: false,
  });
  const { url: address } = (await child.getOneMessage()) as unknown as { url: string };
  return { url: address, process: child };
}

/** What pages ask for every five seconds: all queues, and the jobs of the one that is open. */
const queries = ['status=waiting', 'status=failed', 'status=latest'].map(
  (status) => `/board/api/queues?activeQueue=bench-0&${status}&page=1&jobsPerPage=10`,
);

async function poll({ url, process: child }: Contestant, polls: number) {
  const times: number[] = [];
  for (let index = 0; index < polls; index += 1) {
    const started = performance.now();
    const response = await fetch(url + (queries[index % queries.length] ?? ''));
    const { queues } = (await response.json()) as { queues: { jobs: unknown[] }[] };
    times.push(performance.now() - started);
    if (queues.length !== queueCount || queues.every(({ jobs }) => jobs.length === 0)) {
      throw new Error(`expected ${queueCount} queues and jobs of one, got ${queues.length} queues`);
    }
  }
  const answer = child.getOneMessage();
  await child.sendMessage('memory');
  const { megabytes } = (await answer) as unknown as { megabytes: number };
  return { p95: quantile(times, 0.95), memory: megabytes };
}

const quantile = (values: readonly number[], part: number) =>
  values.toSorted((one, other) => one - other)[Math.ceil(part * values.length) - 1] ?? NaN;
const median = (values: readonly number[]) => quantile(values, 0.5);

function tell(what: 'p95' | 'memory', unit: string, bare: number[], ours: number[]): void {
  const ratios = ours.map((value, pair) => value / (bare[pair] ?? NaN));
  const [lowest, highest] = [Math.min(...ratios), Math.max(...ratios)];
  process.stdout.write(
    `dashboard ${what}: bare ${median(bare).toFixed(1)} ${unit}, ours ${median(ours).toFixed(1)} ${unit} (medians of ${pairs})\n` +
      `dashboard ${what}: ours / bare = ${median(ratios).toFixed(3)}, the median of ${pairs} pairs, ` +
      `from ${lowest.toFixed(3)} to ${highest.toFixed(3)} (wanted: at most ${wanted[what]}; ${highest <= wanted[what] ? 'met' : 'not met'})\n`,
  );
}

const polls = Number(process.argv[2] ?? 100);
if (!(Number.isInteger(polls) && polls >= 20)) {
  process.stderr.write(
    'Expected a whole number of polls from 20. Try: node bench/dashboard.ts 40\n',
  );
  process.exit(2);
}
const noRedis = await whyNoRedis();
if (noRedis !== undefined) {
  process.stdout.write(`dashboard: not measured, ${noRedis}\n`);
  process.exit(0);
}
await using redis = await startRedis();
await fill(redis.url);
await using stack = new AsyncDisposableStack();
const contestants = { bare: await start('bare', redis.url), ours: await start('ours', redis.url) };
for (const { process: child } of Object.values(contestants)) {
  stack.defer(async () => {
    child.kill('SIGKILL');
    await child;
  });
}
const results = {
  bare: { p95: [] as number[], memory: [] as number[] },
  ours: { p95: [] as number[], memory: [] as number[] },
};
// What is compiled and connected for the first time costs whoever comes first.
for (const contestant of Object.values(contestants)) await poll(contestant, polls);
for (let pair = 0; pair < pairs; pair += 1) {
  const order = pair % 2 === 0 ? (['bare', 'ours'] as const) : (['ours', 'bare'] as const);
  for (const who of order) {
    const { p95, memory } = await poll(contestants[who], polls);
    results[who].p95.push(p95);
    results[who].memory.push(memory);
  }
}
tell('p95', 'ms', results.bare.p95, results.ours.p95);
tell('memory', 'MB', results.bare.memory, results.ours.memory);
