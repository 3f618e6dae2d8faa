import { Queue, Worker } from 'bullmq';
import express from 'express';
import pWaitFor from 'p-wait-for';
import { expect, test } from 'vitest';
import { readWriteups } from '../../catalog/writeup/read.ts';
import { announce } from '../../worker/registry/announce.cjs';
import { healthOf } from '../../worker/registry/health.ts';
import type { WorkerRecord } from '../../worker/registry/record.ts';
import { answerProblems } from '../../worker/api/problem.ts';
import { startRedis, whyNoRedis } from '../../worker/testing/redis.ts';
import { createMasks } from '../access/masks.ts';
import { createKnownBugs } from '../known-bugs/known-bugs.ts';
import { openAccess } from '../access/access.ts';
import type { Person } from '../access/person.ts';
import { defaultSettings } from '../alerts/config.ts';
import { Pages } from '../pages/page.ts';
import { fixedDirectory } from '../queues/directory.ts';
import { mountRoutes } from '../routes/mount.ts';
import { takeAddress } from '../server/address.ts';
import { createApplying } from './applying.ts';
import { skewOf } from './skew.ts';
import type { Workers } from './snapshot.ts';
import { workersFeature } from './workers.ts';

const noRedis = await whyNoRedis();
const deadline = { interval: 50, timeout: 30_000 };

const operator: Person = { name: 'olaf', role: 'operator', sees: () => true };

test('a worker is silent after four heartbeats, and blocked only while its thread is heard', () => {
  const record = { beatMs: 2000, blockedMs: 0, state: 'running' } as WorkerRecord;
  expect(healthOf({ record, agoMs: 2500 })).toBe('well');
  expect(healthOf({ record: { ...record, state: 'paused' }, agoMs: 0 })).toBe('paused');
  expect(healthOf({ record: { ...record, blockedMs: 9000 }, agoMs: 900 })).toBe('blocked');
  expect(healthOf({ record: { ...record, blockedMs: 9000 }, agoMs: 9000 })).toBe('silent');
});

test('the older of two versions is marked, by number and not by letter', () => {
  const all = ['6.9.0', '6.10.0'].map((engine, id) => ({ id: `${id}`, engine, node: '24.0.0' }));
  expect(all.map((one) => skewOf(one, all))).toEqual([
    ['bullmq 6.9.0: another worker of this queue runs 6.10.0'],
    [],
  ]);
});

test('bugs apply to a worker where a run with its platform, pool and version showed them', async () => {
  const applying = createApplying(readWriteups());
  const linux = await applying({ platform: 'linux', pool: 'solo', version: '6.7.0' });
  expect(linux.map(({ bug }) => bug)).toContain('BUG-013');
  const sandboxed = await applying({ platform: 'linux', pool: 'prefork', version: '6.7.0' });
  expect(sandboxed.map(({ bug }) => bug)).not.toContain('BUG-013');
  expect(await applying({ platform: 'freebsd', pool: 'solo', version: '6.7.0' })).toEqual([]);
});

test('workers are listed and followed, those who did not join too, and told what to do by operators', async ({
  skip,
}) => {
  if (noRedis !== undefined) skip(noRedis);
  await using stack = new AsyncDisposableStack();
  const redis = stack.use(await startRedis());
  const connection = { url: redis.url, maxRetriesPerRequest: null };
  const [mail, hidden] = ['mail', 'hidden'].map((name) => new Queue(name, { connection }));
  if (!mail || !hidden) throw new Error('no queues');
  stack.defer(() => mail.close());
  stack.defer(() => hidden.close());
  const open = (queue: string, joins: boolean) => {
    const worker = new Worker(queue, () => Promise.resolve(), { connection, name: 'w' });
    if (joins) stack.defer(announce(worker, { beatMs: 100, watch: false }));
    stack.defer(() => worker.close());
    return worker;
  };
  const worker = open('mail', true);
  open('mail', false);
  open('hidden', true);

  let person: Person = operator;
  const audited: string[] = [];
  const audit = ({ action, subject }: { action: string; subject?: string | undefined }) =>
    Promise.resolve(void audited.push(`${action}: ${subject ?? ''}`));
  const access = { ...openAccess(audit), personOf: () => person };
  const feature = workersFeature({
    queues: fixedDirectory([mail, hidden]),
    access,
    masks: createMasks([]),
    pages: new Pages(),
    knownBugs: createKnownBugs([]),
    workerOf: () => Promise.resolve(undefined),
    writeups: [],
    alerts: defaultSettings([]),
    onError: () => undefined,
  });
  await using address = await takeAddress({ port: 0 });
  const app = express().use(mountRoutes(feature.routes, access));
  address.serve(app.use(answerProblems(() => undefined)));
  const read = async () =>
    (await (await fetch(`${address.url}/ops/api/workers`)).json()) as Workers;
  await pWaitFor(async () => {
    const { workers, unjoined } = await read();
    return workers.length === 2 && unjoined.length === 1;
  }, deadline);

  person = { ...operator, sees: (queue) => queue === 'mail' };
  const { workers, unjoined } = await read();
  expect(workers).toMatchObject([{ queueId: 'mail', health: 'well', pid: process.pid, skew: [] }]);
  expect(unjoined).toMatchObject([{ queueId: 'mail', name: 'w' }]);

  const left = new AbortController();
  const events = await fetch(`${address.url}/ops/api/workers/events`, { signal: left.signal });
  const decoder = new TextDecoderStream() as unknown as ReadableWritablePair<string, Uint8Array>;
  let streamed = '';
  for await (const chunk of events.body?.pipeThrough(decoder) ?? []) {
    streamed += chunk;
    if (streamed.includes('data: ')) break;
  }
  left.abort();
  expect(streamed).toContain('"queueId":"mail"');
  expect(streamed).not.toContain('hidden');

  const where = `/ops/api/queues/mail/workers/${workers[0]?.id ?? ''}`;
  const post = async (to: string) => (await fetch(address.url + to, { method: 'POST' })).status;
  expect(await post(`${where}/pause`)).toBe(202);
  await pWaitFor(() => worker.isPaused(), deadline);
  expect(await post('/ops/api/queues/mail/workers/nobody/pause')).toBe(404);
  person = { ...operator, role: 'viewer' };
  expect(await post(`${where}/stop`)).toBe(403);
  expect(audited[0]).toBe(`pause a worker: ${workers[0]?.id ?? ''}`);
  const bad = await fetch(`${address.url}/ops/api/workers/bugs?pool=eventlet`);
  expect([bad.status, await bad.text()]).toEqual([400, expect.stringContaining('platform=linux')]);
});
