/**
 * How long the API of failure groups takes over 50 queues of 1,000 failures each, beside what a reader
 * through BullMQ's own getFailed would take for the same jobs, in alternating runs.
 *
 *   node bench/failure-groups.ts
 */
import os from 'node:os';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { readWriteups } from '../catalog/writeup/read.ts';
import { createKnownBugLink } from '../dashboard/board/known-bug-link.ts';
import { createDashboard } from '../dashboard/dashboard.ts';
import { createDocsSite } from '../dashboard/docs/docs-site.ts';
import { probeBroker } from '../dashboard/health/queue-probes.ts';
import { createKnownBugs } from '../dashboard/known-bugs/known-bugs.ts';
import { fixedDirectory } from '../dashboard/queues/directory.ts';
import { takeAddress } from '../dashboard/server/address.ts';
import { startRedis } from '../worker/testing/redis.ts';

const queueCount = 50;
const failuresEach = 1000;
const rounds = 7;

const messages: readonly ((n: number) => string)[] = [
  (n) => `Missing lock for job ${n}. moveToFinished`,
  (n) => `connect ECONNREFUSED 10.0.${n % 200}.7:6379`,
  (n) => `Order ord_${n}abc of "user ${n}" is not there`,
  (n) => `ENOENT: no such file or directory, open '/srv/files/${n}.csv'`,
  () => 'Unexpected exit code: 137 signal: SIGKILL',
  (n) => `job stalled more than allowable limit ${n % 3}`,
];

await using stack = new AsyncDisposableStack();
const redis = stack.use(await startRedis());
// One connection for all queues, as the dashboard has it.
const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
stack.defer(() => {
  connection.disconnect();
});
const queues = Array.from(
  { length: queueCount },
  (_, n) => new Queue(`lanes-${n}`, { connection }),
);
await fill();
const writeups = readWriteups();

const cold: number[] = [];
const coldCpu: number[] = [];
const warm: number[] = [];
const changed: number[] = [];
const bare: number[] = [];
let size = 0;
let groups = 0;
for (let round = 0; round < rounds; round++) {
  bare.push(await time(readThroughBullmq));
  await using address = await takeAddress({ port: 0 });
  await using dashboard = createDashboard({
    queues: fixedDirectory(queues),
    knownBugLink: createKnownBugLink(writeups),
    knownBugs: createKnownBugs(writeups),
    probes: { broker: probeBroker(firstQueue()) },
    docs: createDocsSite('Not built here'),
    environment: 'bench',
    hosts: [],
  });
  using _ = address.serve(dashboard.app);
  const ask = async () => {
    const text = await (await fetch(`${address.url}/ops/api/failures`)).text();
    size = text.length;
    groups = (JSON.parse(text) as { groups: unknown[] }).groups.length;
  };
  const before = process.cpuUsage();
  cold.push(await time(ask));
  const { user, system } = process.cpuUsage(before);
  coldCpu.push((user + system) / 1000);
  warm.push(await time(ask));
  await failOne(firstQueue(), 2_000_000 + round);
  changed.push(await time(ask));
}

print('first request (nothing known yet)', cold);
print('  CPU time of this process in it', coldCpu);
print('again, nothing changed', warm);
print('again, one queue changed', changed);
print('getFailed of BullMQ alone, no grouping', bare);
process.stdout.write(
  `${queueCount} queues of ${failuresEach} failures, ${groups} groups, answer of ${(size / 1024).toFixed(0)} KiB; ` +
    `${os.cpus()[0]?.model ?? 'unknown CPU'}, load ${os.loadavg()[0]?.toFixed(1) ?? '?'}\n`,
);
for (const queue of queues) await queue.close();

function firstQueue(): Queue {
  const [first] = queues;
  if (first === undefined) throw new Error('expected a queue');
  return first;
}

async function readThroughBullmq(): Promise<void> {
  await Promise.all(queues.map((queue) => queue.getFailed(0, failuresEach - 1)));
}

async function time(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function print(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const of = (index: number) => `${(sorted[index] ?? 0).toFixed(0)} ms`;
  process.stdout.write(
    `${what.padEnd(40)} median ${of(Math.floor(sorted.length / 2)).padStart(8)}   from ${of(0)} to ${of(sorted.length - 1)}\n`,
  );
}

/** Failed jobs as BullMQ leaves them: written at once, for to fail 50,000 one by one takes minutes. */
async function fill(): Promise<void> {
  for (const queue of queues) {
    await queue.waitUntilReady();
    const pipeline = connection.pipeline();
    for (let n = 0; n < failuresEach; n++) addFailure(pipeline, queue, n);
    await pipeline.exec();
  }
}

async function failOne(queue: Queue, n: number): Promise<void> {
  const pipeline = connection.pipeline();
  addFailure(pipeline, queue, n);
  await pipeline.exec();
}

type Pipeline = ReturnType<Redis['pipeline']>;

function addFailure(pipeline: Pipeline, queue: Queue, n: number): void {
  const at = Date.now() - 1000 * (failuresEach - n);
  const message = messages[n % messages.length]?.(n) ?? '';
  const stack = `Error: ${message}\n${frames(n % 37)}`;
  pipeline.hset(queue.toKey(String(n)), {
    name: 'pump',
    data: JSON.stringify({ lane: n, note: 'x'.repeat(500) }),
    opts: '{"attempts":3}',
    timestamp: at - 5000,
    processedOn: at - 100,
    finishedOn: at,
    atm: 3,
    pb: 'pump-1',
    failedReason: message,
    stacktrace: JSON.stringify([stack, stack, stack]),
  });
  pipeline.zadd(queue.toKey('failed'), at, String(n));
}

function frames(kind: number): string {
  return [
    `    at pump${kind} (/srv/app/src/pump-${kind}.js:${kind + 1}:11)`,
    ...Array.from(
      { length: 9 },
      (_, depth) =>
        `    at Worker.step${depth} (/srv/app/node_modules/bullmq/dist/cjs/classes/worker.js:${depth}:13)`,
    ),
  ].join('\n');
}
