import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { appRoutes } from '@bull-board/api/dist/routes.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAuditLog } from '../audit/audit-log.ts';
import { logIn, startClosedBoard } from './fixtures/closed-board.ts';
import { roleOf } from './guard/board-writes.ts';

let board: Awaited<ReturnType<typeof startClosedBoard>>;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  board = await startClosedBoard({ masks: ['data.pin', 'returnvalue.token', 'opts.telemetry'] });
  for (const name of ['vera', 'olaf', 'nils', 'ada']) cookies[name] = await logIn(board.url, name);
}, 60_000);
afterAll(() => board[Symbol.asyncDispose]());

async function send(name: string | undefined, method: string, path: string, body?: object) {
  const response = await fetch(board.url + path, {
    method: method.toUpperCase(),
    redirect: 'manual',
    headers: {
      ...(name !== undefined && { cookie: cookies[name] ?? '' }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

const writes = appRoutes.api.flatMap(({ method, route }) =>
  [method]
    .flat()
    .filter((one) => one !== 'get')
    .map((one) => [one, [route].flat()[0] ?? ''] as const),
);

async function auditLines() {
  const lines = (await readFile(board.auditFile, 'utf8')).trim().split(/\r?\n/);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test.for(writes)('%s %s does what the role says', async ([method, route]) => {
  const path = `/board${route}`
    .replace(':queueName', 'lanes')
    .replace(/:\w+/g, 'nothing-of-this-name');
  const wanted = roleOf(method, route);
  expect((await send(undefined, method, path, {})).status).toBe(401);
  expect((await send('vera', method, path, {})).status).toBe(403);
  const olaf = await send('olaf', method, path, {});
  if (wanted === 'admin') expect(olaf.status).toBe(403);
  else expect([401, 403]).not.toContain(olaf.status);
  expect([401, 403]).not.toContain((await send('ada', method, path, {})).status);
  const lines = (await auditLines()).filter((line) => line.status !== undefined).slice(-3);
  expect(lines.map(({ person }) => person)).toEqual(['vera', 'olaf', 'ada']);
  expect(lines.map(({ status }) => status)).toEqual([
    403,
    olaf.status,
    expect.any(Number) as number,
  ]);
  expect(new Set(lines.map(({ action }) => action)).size).toBe(1);
});

test('a write of the board is done by an operator, and in the audit log before its answer', async () => {
  await board.lanes.resume();
  expect((await send('olaf', 'PUT', '/board/api/queues/lanes/pause')).status).toBe(200);
  expect(await board.lanes.isPaused()).toBe(true);
  const [asked, answered] = (await auditLines()).slice(-2);
  expect(asked).toMatchObject({ person: 'olaf', action: 'pause a queue', queue: 'lanes' });
  expect(asked).not.toHaveProperty('status');
  expect(answered).toMatchObject({ id: asked?.id, status: 200, peer: '127.0.0.1' });
  await board.lanes.resume();
});

test('a queue that somebody may not see is not there for them', async () => {
  await board.secret.add('hidden', {}, { jobId: 'hidden-job' });
  const list = async (name: string) => {
    const { text } = await send(name, 'GET', '/board/api/queues?activeQueue=secret&page=1');
    return (JSON.parse(text) as { queues: { name: string }[] }).queues.map((queue) => queue.name);
  };
  expect(await list('ada')).toEqual(['lanes', 'secret']);
  expect(await list('olaf')).toEqual(['lanes']);
  for (const path of ['hidden-job', 'hidden-job/logs', 'hidden-job/flow', 'workers', 'metrics']) {
    const url = `/board/api/queues/secret/${path}`;
    expect([path, (await send('olaf', 'GET', url)).status]).toEqual([path, 404]);
  }
  expect((await send('olaf', 'PUT', '/board/api/queues/secret/pause')).status).toBe(404);
  expect((await send('olaf', 'PUT', '/board/api/queues/pause')).status).toBe(200);
  expect(await board.secret.isPaused()).toBe(false);
  expect(await board.lanes.isPaused()).toBe(true);
  await board.lanes.resume();
});

test('a viewer is shown no buttons that would be refused', async () => {
  const modes = async (name: string) => {
    const { text } = await send(name, 'GET', '/board/api/queues?page=1');
    const { queues } = JSON.parse(text) as { queues: { readOnlyMode: boolean }[] };
    return queues.map(({ readOnlyMode }) => readOnlyMode);
  };
  expect(await modes('vera')).toEqual([true, true]);
  expect(await modes('ada')).toEqual([false, false]);
});

test('masked fields are in no answer of the board, and are not written over', async () => {
  const data = { pin: 'SECRET-1', body: { pin: 'shown' }, user: 'known' };
  await board.lanes.add('masked', data, { jobId: 'masked-job' });
  await board.lanes.upsertJobScheduler('masked-schedule', { every: 3_600_000 }, { data });
  const paths = [
    'queues?activeQueue=lanes&status=waiting&page=1&jobsPerPage=10',
    'queues?activeQueue=lanes&status=latest&page=1&jobsPerPage=10',
    'queues/lanes/masked-job',
    'job-schedulers',
  ];
  for (const path of paths) {
    const { status, text } = await send('ada', 'GET', `/board/api/${path}`);
    expect([path, status]).toEqual([path, 200]);
    expect(text).toContain('known');
    expect(text).toContain('[masked]');
    expect(text).not.toContain('SECRET-1');
  }
  const jobData = { ...data, pin: '[masked]' };
  const path = '/board/api/queues/lanes/masked-job/update-data';
  expect((await send('ada', 'PATCH', path, { jobData })).status).toBe(409);
  expect((await board.lanes.getJob('masked-job'))?.data).toEqual(data);
  await board.lanes.obliterate({ force: true });
});

test('imports are for operators who see their queue, and in the audit log', async () => {
  board.imported.length = 0;
  expect((await send(undefined, 'GET', '/imports')).status).toBe(401);
  expect((await send(undefined, 'POST', '/imports')).status).toBe(401);
  expect((await send('vera', 'GET', '/imports')).status).toBe(200);
  expect((await send('vera', 'POST', '/imports')).status).toBe(403);
  expect((await send('vera', 'POST', '/IMPORTS/7/undo/')).status).toBe(403);
  expect(board.imported).toEqual([]);
  expect((await send('olaf', 'POST', '/imports/7/undo')).status).toBe(202);
  expect((await send('olaf', 'POST', '/imports')).status).toBe(202);
  expect((await send('olaf', 'PUT', '/imports')).status).toBe(403);
  expect(board.imported).toEqual(['/imports/7/undo', '/imports']);
  const told = (await auditLines())
    .filter(({ status }) => status !== undefined)
    .slice(-5)
    .map(({ person, action, subject, status }) => [person, action, subject, status].join('|'));
  expect(told).toEqual([
    'vera|import a file||403',
    'vera|undo an import|7|403',
    'olaf|undo an import|7|202',
    'olaf|import a file||202',
    'olaf|PUT /imports||403',
  ]);
});

test('imports and their events are not there for those who may not see their queue', async () => {
  board.imported.length = 0;
  for (const path of ['/imports', '/imports/7/events', '/positions', '/Imports/']) {
    expect([path, (await send('nils', 'GET', path)).status]).toEqual([path, 404]);
  }
  expect((await send('nils', 'POST', '/imports')).status).toBe(404);
  expect(board.imported).toEqual([]);
});

// eslint-disable-next-line portable/no-posix-path -- Linux alone has a disk that is always full
const fullDisk = '/dev/full';
test.skipIf(!existsSync(fullDisk))(
  'while the disk of the audit log is full nothing is written, and everything is read',
  { timeout: 60_000 },
  async () => {
    await using full = await startClosedBoard({ log: openAuditLog(fullDisk) });
    const cookie = await logIn(full.url, 'ada');
    const put = (method: string, path: string) =>
      fetch(full.url + path, { method, headers: { cookie } });
    const refused = await put('PUT', '/board/api/queues/lanes/pause');
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain('Nothing was done');
    expect(await full.lanes.isPaused()).toBe(false);
    expect((await put('POST', '/imports')).status).toBe(503);
    expect(full.imported).toEqual([]);
    expect((await put('GET', '/board/api/queues?page=1')).status).toBe(200);
  },
);

test('the audit log is for admins', async () => {
  for (const path of ['/ops/audit', '/ops/api/audit']) {
    expect((await send('olaf', 'GET', path)).status).toBe(403);
    expect((await send('ada', 'GET', path)).status).toBe(200);
  }
  const { text } = await send('ada', 'GET', '/ops/api/audit?person=olaf&limit=1');
  expect(JSON.parse(text)).toMatchObject({ rows: [{ kind: 'write', person: 'olaf' }] });
  expect((await send('ada', 'GET', '/ops/api/audit?from=yesterday')).status).toBe(400);
  expect((await send('ada', 'GET', '/ops/api/audit?whom=olaf')).status).toBe(400);
});
