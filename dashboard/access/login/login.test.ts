import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import waitFor from 'p-wait-for';
import { logIn, password, sendLogin, startClosedBoard } from '../fixtures/closed-board.ts';
import { readPeers } from '../peers.ts';
import { addUser, removeUser } from './change-users.ts';
import { mostFailures } from './limits.ts';
import { lifetimeMs } from './sessions.ts';

let board: Awaited<ReturnType<typeof startClosedBoard>>;
let now = Date.now();

beforeAll(async () => {
  // Each test comes from an address of its own: failures of one do not count for another.
  board = await startClosedBoard({ proxies: readPeers(['127.0.0.1']), now: () => now });
}, 60_000);
afterAll(() => board[Symbol.asyncDispose]());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(board.url + path, { headers, redirect: 'manual' });
const statusWith = async (cookie: string, path = '/board/api/queues?page=1') =>
  (await get(path, { cookie })).status;
const from = (peer: string) => ({ 'x-forwarded-for': peer });

test('nobody gets in without a login: pages lead there, programs are told, health is short', async () => {
  const page = await get('/board/queue/lanes?status=failed', { accept: 'text/html' });
  expect([page.status, page.headers.get('location')]).toEqual([
    303,
    '/login?next=%2Fboard%2Fqueue%2Flanes%3Fstatus%3Dfailed',
  ]);
  for (const path of ['/board/api/queues', '/ops/api/audit', '/imports', '/', '/openapi.json']) {
    expect([path, (await get(path, { accept: 'application/json' })).status]).toEqual([path, 401]);
  }
  expect(await (await get('/healthz')).json()).toEqual({ status: 'up' });
  const cookie = await logIn(board.url, 'vera');
  expect(await (await get('/healthz', { cookie })).json()).toEqual({
    status: 'up',
    broker: { status: 'up' },
  });
});

test('the page of the login holds no script of its own and is not kept', async () => {
  const response = await get('/login?next=%2Fboard%2F%22%3E%3Cscript%3E');
  const html = await response.text();
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(html).toContain('value="/board/&quot;&gt;&lt;script&gt;"');
  expect(html.match(/<script(?! src=)/g)).toBeNull();
  for (const [, path = ''] of html.matchAll(/(?:src|href)="(\/ops\/static\/[^"]+)"/g)) {
    expect([path, (await get(path)).status]).toEqual([path, 200]);
  }
});

test('a session is a cookie that scripts and other sites do not get, secure behind https', async () => {
  const fields = { name: 'vera', password, next: '/ops/x?y=1' };
  const plain = await sendLogin(board.url, fields);
  expect([plain.status, plain.headers.get('location')]).toEqual([303, '/ops/x?y=1']);
  const attributes = plain.headers.getSetCookie()[0] ?? '';
  expect(attributes).toMatch(
    /^poolproof_session=[^;]{40,}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
  );
  const proxied = await sendLogin(board.url, fields, { 'x-forwarded-proto': 'https' });
  expect(proxied.headers.getSetCookie()[0]).toMatch(/; HttpOnly; Secure; SameSite=Lax$/);
});

test.for([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/x/..//evil.example',
  'javascript:alert(1)',
  '\t//evil.example',
])('the login does not lead to %j', async (next) => {
  const response = await sendLogin(board.url, { name: 'vera', password, next });
  expect(response.headers.get('location')).toMatch(/^\/(?!\/)/);
  expect(response.headers.get('location')).not.toMatch(/^.?(https?|javascript):/);
});

test('the id of a session that was there before the login is not that of the session', async () => {
  const mine = await logIn(board.url, 'vera');
  const again = await sendLogin(board.url, { name: 'ada', password }, { cookie: mine });
  const [cookie = ''] = again.headers.getSetCookie();
  expect(cookie.split(';')[0]).not.toBe(mine);
  // What an attacker had set is nobody now.
  expect(await statusWith(mine)).toBe(401);
  const made = 'poolproof_session=s%3Aattacker.c2lnbmVk';
  const third = await sendLogin(board.url, { name: 'ada', password }, { cookie: made });
  expect(third.headers.getSetCookie()[0]).not.toContain('attacker');
  expect(await statusWith(made)).toBe(401);
});

test('a session ends with the logout, with its time, with its user, and with a change of its user', async () => {
  const who = (name: string) => ({ name, role: 'viewer' as const, queues: ['*'], password });
  await addUser(board.usersFile, who('lea'));
  const out = await logIn(board.url, 'lea');
  expect(await statusWith(out)).toBe(200);
  const answer = await fetch(`${board.url}/logout`, {
    method: 'POST',
    headers: { cookie: out },
    redirect: 'manual',
  });
  expect(answer.headers.get('location')).toBe('/login');
  expect(answer.headers.getSetCookie()[0]).toContain('poolproof_session=;');
  expect(await statusWith(out)).toBe(401);

  const removed = await logIn(board.url, 'lea');
  await removeUser(board.usersFile, 'lea');
  expect(await statusWith(removed)).toBe(401);
  await addUser(board.usersFile, who('lea'));
  expect(await statusWith(removed)).toBe(401);

  const changed = await logIn(board.url, 'lea');
  await addUser(board.usersFile, who('max'));
  expect(await statusWith(changed)).toBe(200);
  await addUser(board.usersFile, who('lea'), true);
  expect(await statusWith(changed)).toBe(401);

  const old = await logIn(board.url, 'lea');
  now += lifetimeMs - 1000;
  expect(await statusWith(old)).toBe(200);
  now += 2000;
  expect(await statusWith(old)).toBe(401);
});

test('events stop for somebody who logs out', async () => {
  const cookie = await logIn(board.url, 'vera');
  const events = await get('/imports/7/events', { cookie });
  const ended = events.text().then(
    () => 'ended',
    () => 'cut off',
  );
  await fetch(`${board.url}/logout`, { method: 'POST', headers: { cookie }, redirect: 'manual' });
  expect(await ended).toBe('cut off');
});

test('a password file that cannot be read lets nobody in, and is used again when it can', async () => {
  const cookie = await logIn(board.url, 'ada');
  const text = await readFile(board.usersFile, 'utf8');
  await writeFile(board.usersFile, '{ "users": [');
  expect(await statusWith(cookie)).toBe(503);
  expect((await sendLogin(board.url, { name: 'ada', password })).status).toBe(503);
  expect(board.errors.at(-1)?.message).toContain('it is not JSON');
  await writeFile(board.usersFile, text);
  await waitFor(async () => (await statusWith(cookie)) === 200, { timeout: 5000 });
});

test('logins that fail are counted by address and by name, and told when to try again', async () => {
  const wrong = { name: 'ada', password: 'wrong' };
  const peer = from('192.0.2.1');
  const answers = await Promise.all(
    Array.from({ length: mostFailures.peer + 2 }, () => sendLogin(board.url, wrong, peer)),
  );
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([...Array<number>(mostFailures.peer).fill(401), 429, 429]);
  const refused = await sendLogin(board.url, { name: 'ada', password }, peer);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60);
  expect(await refused.text()).toContain('Too many logins have failed. Try again in 15 min.');
  // From elsewhere the name is free, until it has failed too often wherever that was.
  expect((await sendLogin(board.url, { name: 'ada', password }, from('192.0.2.2'))).status).toBe(
    303,
  );
  for (let failures = mostFailures.peer; failures < mostFailures.name; failures += 1) {
    await sendLogin(board.url, wrong, from(`192.0.2.${100 + failures}`));
  }
  expect((await sendLogin(board.url, { name: 'ada', password }, from('192.0.2.3'))).status).toBe(
    429,
  );
  expect((await sendLogin(board.url, { name: 'vera', password }, from('192.0.2.3'))).status).toBe(
    303,
  );
});

test('one network of IPv6 is one address, and logins that succeed are not counted', async () => {
  const wrong = { name: 'nobody', password: 'wrong' };
  for (let failures = 0; failures < mostFailures.peer; failures += 1) {
    await sendLogin(board.url, wrong, from(`2001:db8::${failures + 1}`));
  }
  expect((await sendLogin(board.url, wrong, from('2001:db8::ffff'))).status).toBe(429);
  const mine = from('192.0.2.50');
  for (let times = 0; times < mostFailures.peer + 5; times += 1) {
    expect((await sendLogin(board.url, { name: 'olaf', password }, mine)).status).toBe(303);
  }
});

test('neither a password nor what was typed as a name that nobody has is kept anywhere', async () => {
  const typed = 'my password in the wrong field';
  const written = vi.spyOn(process.stderr, 'write');
  expect(
    (await sendLogin(board.url, { name: typed, password: 'pa55-w0rd' }, from('192.0.2.60'))).status,
  ).toBe(401);
  expect(
    (await sendLogin(board.url, { name: 'olaf', password: 'pa55-w0rd' }, from('192.0.2.60')))
      .status,
  ).toBe(401);
  const log = await readFile(board.auditFile, 'utf8');
  expect(log).toContain('(unknown name)');
  for (const secret of [typed, 'pa55-w0rd', password]) expect(log).not.toContain(secret);
  expect(written).not.toHaveBeenCalled();
});
