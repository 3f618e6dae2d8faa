import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { useDatabase } from '../worker/testing/database.ts';
import { closedPort } from '../worker/testing/redis.ts';
import { startImportsServer, type ImportsServer } from '../worker/testing/imports-server.ts';
import { askToStop, whyNoSignals } from '../worker/testing/signals.ts';

const program = path.join(import.meta.dirname, 'poolproof.ts');
const samples = path.join(import.meta.dirname, '..', 'worker', 'samples');
const context = useDatabase();

function poolproof(...args: string[]) {
  return execa(process.execPath, [program, ...args], {
    reject: false,
    env: { DATABASE_URL: context.url },
  });
}

describe('poolproof import', () => {
  let server: ImportsServer;
  beforeAll(async () => {
    server = await startImportsServer(`redis://127.0.0.1:${await closedPort()}`, context.url);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const importFile = (file: string, ...args: string[]) =>
    poolproof('import', file, '--server', server.url, ...args);

  test('imports a file, and says so when it has had it before', async () => {
    const file = path.join(samples, 'portfolio.csv');
    const first = await importFile(file);
    expect(first).toMatchObject({ exitCode: 0, stdout: 'Imported 92 of 92 rows into default.' });
    expect(first.stderr).toMatch(/^Ran at once: the broker/);
    const second = await importFile(file);
    expect(second.stdout).toMatch(/^Nothing to do: default has had .*portfolio\.csv before/);
  });

  test('rejects a file with exit code 2, and names every bad line', async () => {
    const file = path.join(samples, 'rejected.csv');
    const { exitCode, stderr } = await importFile(file);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      `${file}:3: date: expected a day that exists, got "31.02.2026"\n` +
        `${file}:4: expected to sell at most the`,
    );
  });

  test('skips bad rows where that is asked for, and prints JSON alone on stdout', async () => {
    const file = path.join(samples, 'rejected.csv');
    const args = ['--skip-bad-rows', '--json', '--portfolio', 'skipped'];
    const { exitCode, stdout, stderr } = await importFile(file, ...args);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ state: 'done', imported: 1, badRowCount: 2 });
    expect(stderr).toContain(`skipped ${file}:3: `);
  });

  test('says what to type when there is no server', async () => {
    const nowhere = `http://127.0.0.1:${await closedPort()}`;
    const file = path.join(samples, 'portfolio.csv');
    const { exitCode, stderr } = await poolproof('import', file, '--server', nowhere);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Start one with npm start, or name another with --server');
  });
});

describe('poolproof worker', () => {
  test('imports what is queued, and ends when it is asked to', async ({ skip }) => {
    await using server = await startImportsServer(context.url, context.url);
    const worker = poolproof('worker', '--pool', 'solo');
    onTestFinished(() => void worker.kill('SIGKILL'));
    const lines = createInterface(worker.stderr);
    for await (const line of lines) if (line.includes('ready: pool solo, 1 at once')) break;
    const dir = await mkdtemp(path.join(os.tmpdir(), 'poolproof-test-'));
    const file = path.join(dir, 'one.csv');
    await writeFile(file, 'date,symbol,side,quantity,price,currency\n2026-01-02,ABC,buy,1,1,EUR\n');
    const args = ['--server', server.url, '--portfolio', 'queued'];
    const imported = await poolproof('import', file, ...args);
    await rm(dir, { recursive: true, maxRetries: 5 });
    expect(imported).toMatchObject({
      exitCode: 0,
      stdout: 'Imported 1 of 1 rows into queued.',
      stderr: '',
    });
    if (whyNoSignals !== undefined) skip(whyNoSignals);
    askToStop(worker);
    expect((await worker).exitCode).toBe(0);
  });

  test('refuses a number of imports at once that is none', async () => {
    const { exitCode, stderr } = await poolproof('worker', '--concurrency', 'many');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Expected a whole number from 1.');
  });
});
