import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logIn, sendLogin, startClosedBoard } from './fixtures/closed-board.ts';
import { readPeers, type Peers } from './peers.ts';
import { readGroupRole } from './trusted-header.ts';

let board: Awaited<ReturnType<typeof startClosedBoard>>;
let vera = '';
let ada = '';
let trusted: Peers = () => false;

beforeAll(async () => {
  board = await startClosedBoard({
    header: {
      header: 'x-forwarded-user',
      groupsHeader: 'x-forwarded-groups',
      peers: (address) => trusted(address),
      groups: ['sre=admin', 'ops=operator:lanes', 'staff=viewer'].map(readGroupRole),
    },
  });
  vera = await logIn(board.url, 'vera');
  ada = await logIn(board.url, 'ada');
}, 60_000);
afterAll(() => board[Symbol.asyncDispose]());

const pause = '/board/api/queues/lanes/pause';
const list = '/board/api/queues?page=1';

/** Sends bytes as they are: clients put right what an attacker leaves wrong. */
async function sendRaw(requestLine: string, headers: readonly string[] = []): Promise<number> {
  const { hostname, port } = new URL(board.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const lines = [requestLine, `Host: ${hostname}`, 'Connection: close', ...headers, '', ''];
  socket.write(lines.join('\r\n'));
  const [, status] = /^HTTP\/1\.1 (\d+)/.exec(await text(socket)) ?? [];
  return Number(status);
}

test.for<Record<string, string>>([
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
])(
  'a page elsewhere that sends %j writes nothing, logs nobody in and nobody out',
  async (headers) => {
    const cookie = ada;
    for (const [method, path] of [
      ['PUT', pause],
      ['POST', '/imports'],
      ['POST', '/logout'],
    ] as const) {
      const response = await fetch(board.url + path, { method, headers: { ...headers, cookie } });
      expect([path, response.status]).toEqual([path, 403]);
    }
    const login = await sendLogin(board.url, { name: 'ada', password: 'correct horse' }, headers);
    expect(login.status).toBe(403);
    expect(await board.lanes.isPaused()).toBe(false);
    expect((await fetch(board.url + list, { headers: { cookie } })).status).toBe(200);
  },
);

test.for([
  '/board//api/queues/lanes/pause',
  '//board/api/queues/lanes/pause',
  '/board/%61pi/queues/lanes/pause',
  '/%62oard/api/queues/lanes/pause',
  '/BOARD/API/queues/lanes/pause',
  '/board/api/queues/lanes/pause/',
  '/board/api/queues/lanes/pause?x=/ops/static/',
  '/board/api/queues/lanes/pause;x',
  '/board/api/queues/%6canes/pause',
  '/ops/static/../../board/api/queues/lanes/pause',
  '/ops/static/pages/browser/..%2f..%2f..%2f..%2fboard/api/queues/lanes/pause',
  '/healthz/../board/api/queues/lanes/pause',
  'http://127.0.0.1/board/api/queues/lanes/pause',
])('a viewer, and nobody, gets nowhere with PUT %s', async (path) => {
  const viewer = await sendRaw(`PUT ${path} HTTP/1.1`, [`Cookie: ${vera}`]);
  const nobody = await sendRaw(`PUT ${path} HTTP/1.1`);
  expect([400, 403, 404]).toContain(viewer);
  expect([400, 401, 403, 404]).toContain(nobody);
  expect(await board.lanes.isPaused()).toBe(false);
});

test.for([
  '/board//api/queues',
  '/BOARD/api/queues',
  '/%62oard/api/queues',
  '/healthz/../board/api/queues',
  '/healthz/..%2fboard/api/queues',
  '/ops/static/../api/audit',
  '/ops/static/pages/browser/../../../api/audit',
  '/ops/static/pages/browser/page.css/../../../../api/audit',
  '/login/../board/api/queues',
  '//ops/api/audit',
  '/OPS/api/audit',
])('nobody reads by GET %s', async (path) => {
  for (const method of ['GET', 'HEAD', 'OPTIONS']) {
    expect([303, 400, 401, 404]).toContain(await sendRaw(`${method} ${path} HTTP/1.1`));
  }
});

test.for([
  ['put', []],
  ['Put', []],
  ['HEAD', []],
  ['OPTIONS', []],
  ['GET', ['X-HTTP-Method-Override: PUT']],
  ['GET', ['X-HTTP-Method: PUT', 'X-Method-Override: PUT']],
  ['POST', ['X-HTTP-Method-Override: PUT']],
  ['TRACE', []],
  ['PROPFIND', []],
  ['QUERY', []],
] as const)('%s with %j is no PUT, and writes nothing', async ([method, headers]) => {
  for (const cookie of [vera, ada]) {
    await sendRaw(`${method} ${pause} HTTP/1.1`, [`Cookie: ${cookie}`, ...headers]);
    await sendRaw(`${method} ${pause}?_method=PUT HTTP/1.1`, [`Cookie: ${cookie}`, ...headers]);
  }
  expect(await board.lanes.isPaused()).toBe(false);
  expect(await sendRaw(`${method} ${pause} HTTP/1.1`, headers)).toBeGreaterThanOrEqual(400);
});

const asAda = ['X-Forwarded-User: ada', 'X-Forwarded-Groups: sre'];

test.for([
  asAda,
  [...asAda, 'X-Forwarded-For: 10.1.2.3'],
  [...asAda, 'X-Real-IP: 10.1.2.3', 'Forwarded: for=10.1.2.3'],
])('%j from an address that is not trusted is nobody', async (headers) => {
  trusted = readPeers(['10.0.0.0/8', 'fd00::/8']);
  expect(await sendRaw(`GET ${list} HTTP/1.1`, headers)).toBe(401);
  expect(await sendRaw(`PUT ${pause} HTTP/1.1`, headers)).toBe(401);
  // A viewer does not become another by it.
  expect(await sendRaw(`PUT ${pause} HTTP/1.1`, [...headers, `Cookie: ${vera}`])).toBe(403);
});

test.for([
  [['X-Forwarded-User: eve', 'X-Forwarded-Groups: staff, sre'], 200, 200],
  [['X-Forwarded-User: eve', 'X-Forwarded-Groups: staff,ops'], 200, 200],
  [['X-Forwarded-User: eve', 'X-Forwarded-Groups: staff'], 200, 403],
  [['X-Forwarded-User: eve', 'X-Forwarded-Groups: SRE'], 403, 403],
  [['X-Forwarded-User: eve', 'X-Forwarded-Groups: xsre,ops2'], 403, 403],
  [['X-Forwarded-User: eve'], 403, 403],
  [['X-Forwarded-User: eve', 'X-Forwarded-User: ada', 'X-Forwarded-Groups: sre'], 403, 403],
  [['X-Forwarded-User: eve', 'X-Forwarded-Groups: staff', 'X-Forwarded-Groups: sre'], 403, 403],
  [['X-Forwarded-User:', 'X-Forwarded-Groups: sre'], 403, 403],
  [['X-Forwarded-Groups: sre'], 401, 401],
] as const)(
  'a trusted proxy that says %j reads with %i and writes with %i',
  async ([headers, read, write]) => {
    trusted = readPeers(['127.0.0.0/8']);
    expect(await sendRaw(`GET ${list} HTTP/1.1`, headers)).toBe(read);
    expect(await sendRaw(`PUT ${pause} HTTP/1.1`, headers)).toBe(write);
    await board.lanes.resume();
    trusted = () => false;
  },
);

test('somebody whom a proxy brings sees the queues of their group', async () => {
  trusted = readPeers(['127.0.0.1']);
  const headers = { 'x-forwarded-user': 'zoë', 'x-forwarded-groups': 'ops' };
  const encoded = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Buffer.from(value).toString('latin1')]),
  );
  const response = await fetch(board.url + list, { headers: encoded });
  const { queues } = (await response.json()) as { queues: { name: string }[] };
  expect(queues.map(({ name }) => name)).toEqual(['lanes']);
  trusted = () => false;
});

test('no answer tells a stack or a path of the server', async () => {
  for (const path of [
    '/board/api/queues/%E0%A4%A',
    '/ops/api/audit?before=x',
    '/%',
    '/ops/static/%00',
  ]) {
    const response = await fetch(board.url + path, { headers: { cookie: ada } });
    const body = await response.text();
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(body).not.toMatch(/node_modules|\bat .+:\d+:\d+|dashboard\//);
  }
});
