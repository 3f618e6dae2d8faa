import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import waitFor from 'p-wait-for';
import { expect, onTestFinished, test } from 'vitest';
import { projectRoot } from '../../catalog/project.ts';

const program = path.join(projectRoot, 'cli', 'poolproof.mjs');
const password = 'correct horse';
/** Nothing listens there: what is tested here needs no broker. */
const broker = ['--broker', 'redis://127.0.0.1:1'];

async function useFolder() {
  const cwd = await mkdtemp(path.join(os.tmpdir(), 'poolproof-access-'));
  onTestFinished(() => rm(cwd, { recursive: true, maxRetries: 5 }));
  const start = (args: readonly string[], input?: string) =>
    execa(process.execPath, [program, 'dashboard', ...args], {
      cwd,
      env: { DATABASE_URL: '', POOLPROOF_DATA: cwd },
      reject: false,
      ...(input === undefined ? { stdin: 'ignore' } : { input }),
    });
  return { cwd, start };
}

test('users are added, changed, listed and removed; a password is never on the command line', async () => {
  const { cwd, start } = await useFolder();
  const user = (verb: string, ...args: string[]) =>
    start(['user', verb, ...args, '--users', 'u.json'], `${password}\r\nsecond line\n`);
  expect(await user('add', 'vera', '--role', 'viewer')).toMatchObject({ exitCode: 0, stderr: '' });
  expect((await user('add', 'vera', '--role', 'admin')).stderr).toContain('add --replace');
  const changed = await user('add', 'vera', '--role', 'operator', '--queues', 'bill*', '--replace');
  expect(changed.exitCode).toBe(0);
  expect((await user('add', 'ada', '--role', 'admin')).exitCode).toBe(0);
  const text = await readFile(path.join(cwd, 'u.json'), 'utf8');
  expect(text).not.toContain(password);
  expect(JSON.parse(text)).toMatchObject({
    users: [
      {
        name: 'vera',
        role: 'operator',
        queues: ['bill*'],
        password: expect.stringMatching(/^\$argon2id\$/) as string,
      },
      { name: 'ada', role: 'admin', queues: ['*'] },
    ],
  });
  expect((await user('list')).stdout).toMatch(/vera.+operator.+bill\*/);
  expect((await user('remove', 'vera')).exitCode).toBe(0);
  expect(await user('remove', 'vera')).toMatchObject({ exitCode: 2 });
  expect((await user('list')).stdout).not.toContain('vera');
}, 60_000);

test.for([
  [['user', 'add', 'vera', '--role', 'boss', '--users', 'u.json'], 'Allowed choices are viewer'],
  [['user', 'add', 'vera', '--role', 'viewer'], "required option '--users <file>'"],
  [['user', 'add', 'a b', '--role', 'viewer', '--users', 'u.json'], 'expected 1 to 64 letters'],
  [['user', 'list', '--users', 'none.json'], 'poolproof dashboard user add NAME'],
  [[...broker, '--users', 'none.json'], 'poolproof dashboard user add NAME'],
  [[...broker, '--trust-header', 'X-Forwarded-User'], '--trusted-peer 10.0.0.0/8'],
  [[...broker, '--trust-header', 'X-User', '--trusted-peer', '::1'], '--group ops=operator'],
  [[...broker, '--group', 'ops=operator'], '--trust-header X-Forwarded-User'],
  [[...broker, '--trusted-peer', 'proxy'], 'expected an address or a network'],
  [[...broker, '--mask', 'password'], 'Try --mask data.password'],
  [[...broker, '--audit', '.'], '--audit FILE'],
] as const)('bad usage %j ends with exit code 2', async ([args, complaint]) => {
  const { start } = await useFolder();
  const { exitCode, stderr } = await start(args, `${password}\n`);
  expect(stderr).toContain(complaint);
  expect(exitCode).toBe(2);
});

test('a short password is refused', async () => {
  const { start } = await useFolder();
  const args = ['user', 'add', 'vera', '--role', 'viewer', '--users', 'u.json'];
  for (const input of ['', 'short\n']) {
    expect((await start(args, input)).stderr).toContain(
      'expected a password of 8 to 1024 characters',
    );
  }
});

test('on loopback nobody logs in, and what is written is in the audit log all the same', async () => {
  const { cwd, start } = await useFolder();
  const dashboard = start([...broker, '--port', '0']);
  onTestFinished(() => void dashboard.kill('SIGKILL'));
  let printed = '';
  dashboard.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await waitFor(() => printed.includes('Ctrl-C'), { timeout: 20_000 });
  const url = /http:\/\/[\d.:]+/.exec(printed)?.[0] ?? '';
  const { status } = await fetch(`${url}/board/api/queues/imports/pause`, { method: 'PUT' });
  expect(status).toBeGreaterThanOrEqual(500);
  const lines = (await readFile(path.join(cwd, 'audit.jsonl'), 'utf8')).trim().split(/\r?\n/);
  const written = { person: 'local', action: 'pause a queue', queue: 'imports' };
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    written,
    { ...written, status },
  ]);
}, 60_000);

test('with a password file it listens beyond this machine, lets users in, and prints no password', async () => {
  const { cwd, start } = await useFolder();
  await start(['user', 'add', 'ada', '--role', 'admin', '--users', 'u.json'], `${password}\n`);
  const dashboard = start([...broker, '--host', '0.0.0.0', '--port', '0', '--users', 'u.json']);
  onTestFinished(() => void dashboard.kill('SIGKILL'));
  let printed = '';
  dashboard.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await waitFor(() => printed.includes('Ctrl-C'), { timeout: 20_000 });
  const url = (/http:\/\/[\d.:]+/.exec(printed)?.[0] ?? '').replace('0.0.0.0', '127.0.0.1');
  const options = { redirect: 'manual' } as const;
  expect((await fetch(`${url}/board/api/queues`, options)).status).toBe(401);
  const body = new URLSearchParams({ name: 'ada', password });
  const login = await fetch(`${url}/login`, { ...options, method: 'POST', body });
  expect(login.status).toBe(303);
  const cookie = login.headers.getSetCookie()[0] ?? '';
  expect((await fetch(`${url}/ops/audit`, { ...options, headers: { cookie } })).status).toBe(200);
  dashboard.kill('SIGKILL');
  const { stdout, stderr } = await dashboard;
  expect(stderr).toContain('put a proxy with https before it');
  const log = await readFile(path.join(cwd, 'audit.jsonl'), 'utf8');
  expect(log).toContain('"action":"log in"');
  const session = cookie.split(/[=;]/)[1] ?? '';
  for (const secret of [password, session]) expect(stdout + stderr + log).not.toContain(secret);
}, 60_000);
