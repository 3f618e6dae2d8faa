import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { makeTemporaryFolder } from '../catalog/testing/temporary-folder.ts';
import { closedPort, startRedis, whyNoRedis } from '../worker/testing/redis.ts';
import { writeFile } from 'node:fs/promises';

const program = path.join(import.meta.dirname, 'poolproof.mjs');
const noRedis = await whyNoRedis();

/** Runs `poolproof doctor`; a failing exit code is an answer. */
function doctor(...args: string[]) {
  return execa(process.execPath, [program, 'doctor', ...args], { reject: false });
}

function fixture(name: string): string {
  return path.join(import.meta.dirname, 'doctor', 'fixtures', name);
}

/** BullMQ on Windows has bugs whatever its version. */
test.skipIf(process.platform === 'win32')('nothing applies: exit code 0', async () => {
  const { exitCode, stdout, stderr } = await doctor(fixture('healthy-bullmq'));
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(/^No known bug applies\. Looked at this machine, .*package-lock\.json/);
});

test('some apply: exit code 1, the fix first, nothing wider than a terminal, no password', async () => {
  const { exitCode, stdout, stderr } = await doctor(fixture('bullmq-in-trouble'));
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  expect(stdout).toMatch(/^BUG-\d{3} {2}.+\n {2}Fix: {5}/);
  expect(stdout).toMatch(
    /\n {2}Sure: {4}bullmq 6\.3\.2 is known to fail \(package-lock\.json:6\)\.\n/,
  );
  expect(Math.max(...stdout.split(/\r?\n/).map((line) => line.length))).toBeLessThanOrEqual(100);
  expect(stdout).not.toContain('hunter2');
});

describe('exit code 2', () => {
  test('a folder that is not there', async () => {
    const { exitCode, stdout, stderr } = await doctor(fixture('nowhere'));
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^error: expected a folder that can be read, got .*nowhere/);
  });

  test('a lock file that is none, and JSON alone on standard output', async () => {
    await using folder = await makeTemporaryFolder('doctor');
    await writeFile(path.join(folder.path, 'package-lock.json'), '{\n "packages": {\n');
    const { exitCode, stdout, stderr } = await doctor(folder.path, '--json');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error: package-lock\.json:3: expected .*, got: .* Make it again/);
    expect(JSON.parse(stdout)).toEqual({
      folder: folder.path,
      files: ['package-lock.json'],
      broker: null,
      applies: [],
      problems: [stderr.replace('error: ', '')],
    });
  });

  test('a broker that cannot be reached, of which the bug is told', async () => {
    const port = await closedPort();
    const { exitCode, stdout, stderr } = await doctor(
      fixture('celery-in-trouble'),
      '--json',
      '--broker',
      `redis://user:secret@127.0.0.1:${port}/1`,
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`expected redis://127.0.0.1:${port}/1 to answer, got ECONNREFUSED`);
    expect(JSON.parse(stdout)).toMatchObject({
      applies: expect.arrayContaining([
        expect.objectContaining({ bug: 'BUG-016', level: 'sure' }),
      ]) as unknown,
    });
    expect(stdout + stderr).not.toContain('secret');
  });
});

test.skipIf(noRedis)('a Redis with another policy than noeviction', async () => {
  await using redis = await startRedis();
  await redis.client.config('SET', 'maxmemory-policy', 'allkeys-lru');
  await redis.client.config('SET', 'requirepass', 'secret');
  const { host } = new URL(redis.url);
  const { exitCode, stdout, stderr } = await doctor(
    fixture('healthy-bullmq'),
    '--broker',
    `redis://:secret@${host}`,
    '--json',
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    broker: { url: `redis://${host}` },
    applies: expect.arrayContaining([
      expect.objectContaining({
        bug: 'BUG-024',
        level: 'sure',
        because: expect.arrayContaining([
          { says: 'the broker: maxmemory-policy is allkeys-lru', place: { of: `redis://${host}` } },
        ]) as unknown,
        page: '/bugs/024-bullmq-eviction-policy/',
      }),
    ]) as unknown,
  });
  expect(stdout).not.toContain('secret');
});
