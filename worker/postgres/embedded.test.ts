import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import pg from 'pg';
import pWaitFor from 'p-wait-for';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startEmbeddedPostgres } from './embedded.ts';

const ownerProgram = path.join(import.meta.dirname, 'fixtures', 'server-owner.ts');
const deadline = { interval: 50, timeout: 10_000 };

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function isListening(url: string): Promise<boolean> {
  const socket = net.connect(Number(new URL(url).port), '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function removeAfterwards(dir: string): void {
  onTestFinished(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));
}

async function folder(): Promise<string> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'poolproof-test-'));
  removeAfterwards(dir);
  await chmod(dir, 0o755);
  return dir;
}

/** Starts a program that holds a server, to be killed by the test. */
async function startOwner(...dataDir: string[]) {
  const owner = execa(process.execPath, [ownerProgram, ...dataDir], { reject: false });
  onTestFinished(() => void owner.kill('SIGKILL'));
  const [line] = (await once(createInterface(owner.stdout), 'line')) as [string];
  const [, url = '', dir = ''] = /^(\S+) (.+)$/.exec(line) ?? [];
  const killAll = async () => {
    process.kill(Number(await readFile(path.join(dir, 'keeper.pid'), 'utf8')), 'SIGKILL');
    owner.kill('SIGKILL');
    await owner;
  };
  return { owner, url, dir, killAll };
}

describe('an embedded server', () => {
  test('answers while it is held and is gone afterwards', async () => {
    let url: string;
    {
      await using postgres = await startEmbeddedPostgres();
      url = postgres.url;
      expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    }
    expect(await isListening(url)).toBe(false);
  });

  test('has its data again at the next start from the same folder', async () => {
    const dataDir = path.join(await folder(), 'data');
    {
      await using first = await startEmbeddedPostgres({ dataDir });
      await query(first.url, 'create table kept as select 7 as value');
    }
    await using second = await startEmbeddedPostgres({ dataDir });
    expect(await query(second.url, 'select value from kept')).toEqual([{ value: 7 }]);
  });

  test('runs from a folder that no other user may enter', async () => {
    const closed = await folder();
    await chmod(closed, 0o700);
    await using postgres = await startEmbeddedPostgres({ dataDir: path.join(closed, 'data') });
    removeAfterwards(postgres.dir);
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('refuses a folder that a live process uses, and names that process', async () => {
    const dataDir = await folder();
    await using first = await startEmbeddedPostgres({ dataDir });
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(/is in use by process \d+/);
    expect(await isListening(first.url)).toBe(true);
  });
});

async function postmasterOf(dir: string): Promise<number> {
  const text = await readFile(path.join(dir, 'data', 'postmaster.pid'), 'utf8');
  return Number(text.split(/\r?\n/, 1)[0]);
}

describe('a server that is killed', () => {
  test('is started again at the same URL, with its data', async () => {
    await using postgres = await startEmbeddedPostgres({
      dataDir: path.join(await folder(), 'data'),
    });
    removeAfterwards(postgres.dir);
    await query(postgres.url, 'create table kept as select 7 as value');
    for (let round = 0; round < 2; round++) {
      process.kill(await postmasterOf(postgres.dir), 'SIGKILL');
      const found = () => query(postgres.url, 'select value from kept').catch(() => undefined);
      await pWaitFor(async () => (await found()) === undefined, deadline);
      await pWaitFor(async () => (await found()) !== undefined, { interval: 50, timeout: 60_000 });
    }
  });

  test('together with all that knew of it, is replaced at once by the next start', async () => {
    const dataDir = path.join(await folder(), 'data');
    const { url, dir, killAll } = await startOwner(dataDir);
    await query(url, 'create table kept as select 7 as value');
    const postmaster = await postmasterOf(dir);
    await killAll();
    process.kill(postmaster, 'SIGKILL');
    await using next = await startEmbeddedPostgres({ dataDir });
    expect(await query(next.url, 'select value from kept')).toEqual([{ value: 7 }]);
  });

  test('whose process id is another program’s by now, is replaced, and that program lives on', async ({
    skip,
  }) => {
    if (process.platform !== 'linux') skip('only Linux tells what a process is');
    const dataDir = path.join(await folder(), 'data');
    const { url, dir, killAll } = await startOwner(dataDir);
    await query(url, 'create table kept as select 7 as value');
    const pidFile = path.join(dir, 'data', 'postmaster.pid');
    const note = await readFile(pidFile, 'utf8');
    const postmaster = await postmasterOf(dir);
    await killAll();
    process.kill(postmaster, 'SIGKILL');
    const bystander = execa(process.execPath, ['--eval', 'setTimeout(() => {}, 60000)'], {
      reject: false,
    });
    onTestFinished(() => void bystander.kill('SIGKILL'));
    await writeFile(pidFile, note.replace(/^\d+/, String(bystander.pid ?? 0)));
    await using next = await startEmbeddedPostgres({ dataDir });
    expect(await query(next.url, 'select value from kept')).toEqual([{ value: 7 }]);
    expect(bystander.nodeChildProcess.exitCode).toBeNull();
  });

  test('is missed when its keeper is gone, too', async () => {
    const dataDir = path.join(await folder(), 'data');
    await using postgres = await startEmbeddedPostgres({ dataDir });
    removeAfterwards(postgres.dir);
    process.kill(Number(await readFile(path.join(postgres.dir, 'keeper.pid'), 'utf8')), 'SIGKILL');
    expect(await postgres.lost).toContain(`The embedded PostgreSQL in ${postgres.dir} is gone`);
    // What the keeper would have stopped is stopped by the next start.
    await using next = await startEmbeddedPostgres({ dataDir });
    expect(await query(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

test('a folder in folders that are not there is made for whoever runs the server', async () => {
  const dataDir = path.join(await folder(), 'not', 'there', 'yet');
  await using postgres = await startEmbeddedPostgres({ dataDir });
  removeAfterwards(postgres.dir);
  expect(postgres.dir).toBe(dataDir);
  expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

describe('a server whose owner is killed', () => {
  test.for(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('stops after %s', async (signal) => {
    const { owner, url } = await startOwner(path.join(await folder(), 'data'));
    expect(await isListening(url)).toBe(true);
    owner.kill(signal);
    await owner;
    await pWaitFor(async () => !(await isListening(url)), deadline);
  });

  test('that is just being started stops too, and leaves no keeper', async () => {
    const dir = await folder();
    const owner = execa(process.execPath, [ownerProgram, dir], { reject: false });
    onTestFinished(() => void owner.kill('SIGKILL'));
    const keeperFile = path.join(dir, 'keeper.pid');
    await pWaitFor(() => existsSync(path.join(dir, 'data.partial')), deadline);
    const keeper = Number(await readFile(keeperFile, 'utf8'));
    owner.kill('SIGKILL');
    await owner;
    expect(isRunning(keeper)).toBe(true);
    await pWaitFor(() => !isRunning(keeper), { ...deadline, timeout: 30_000 });
    expect(existsSync(path.join(dir, 'data'))).toBe(true);
    expect(existsSync(path.join(dir, 'data', 'postmaster.pid'))).toBe(false);
  });

  test('together with its keeper, is replaced by the next start', async () => {
    const dataDir = path.join(await folder(), 'data');
    const { url, killAll } = await startOwner(dataDir);
    await query(url, 'create table kept as select 7 as value');
    await killAll();
    expect(await isListening(url)).toBe(true);

    await using next = await startEmbeddedPostgres({ dataDir });
    expect(await isListening(url)).toBe(false);
    expect(await query(next.url, 'select value from kept')).toEqual([{ value: 7 }]);
  });

  test('together with its keeper, is swept away by the next start when it was temporary', async () => {
    const { url, dir, killAll } = await startOwner();
    await killAll();
    expect(await isListening(url)).toBe(true);

    await using next = await startEmbeddedPostgres();
    expect(await isListening(next.url)).toBe(true);
    expect(await isListening(url)).toBe(false);
    expect(existsSync(dir)).toBe(false);
  });
});
