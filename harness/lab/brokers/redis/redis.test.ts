import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { RunFolder } from '../../sweep/run-folder.ts';
import { sweepRun } from '../../sweep/sweep.ts';
import type { Broker } from '../broker.ts';
import { nativeRedis } from './native.ts';
import { openRedis, withClient } from './open.ts';
import { redisAt } from './url.ts';

const { failed: isMissing } = await execa('redis-server', ['--version'], { reject: false });

let cache: string;
let run: RunFolder;
beforeAll(async () => {
  cache = await mkdtemp(path.join(os.tmpdir(), 'poolproof-test-'));
  vi.stubEnv('POOLPROOF_CACHE', cache);
  run = await RunFolder.create();
});
afterAll(async () => {
  await sweepRun(run);
  await rm(cache, { recursive: true, force: true, maxRetries: 5 });
});
beforeEach(({ skip }) => {
  skip(isMissing, 'no redis-server; install one (Debian: apt-get install redis-server)');
});

async function openBroker(): Promise<Broker> {
  return openRedis(await nativeRedis('redis-server', run));
}

describe('a broker that is broken on purpose', () => {
  const write = (client: Redis) => client.set('key', 'value');
  const cases = {
    down: /ECONNREFUSED|Connection is closed/,
    silent: /did not answer/,
    drops: /ECONNRESET|Connection is closed/,
    full: /OOM command not allowed/,
  } as const;

  test.each(Object.entries(cases))('%s, and mended again', async (fault, symptom) => {
    await using broker = await openBroker();
    await expect(withClient(broker.url, write)).resolves.toBe('OK');

    await broker.break(fault as keyof typeof cases);
    await expect(withinOneSecond(withClient(broker.url, write))).rejects.toThrow(symptom);

    await broker.mend();
    await expect(withClient(broker.url, write)).resolves.toBe('OK');
  });

  test('one fault takes the place of another', async () => {
    await using broker = await openBroker();
    await broker.break('down');
    await broker.break('full');
    await expect(withClient(broker.url, write)).rejects.toThrow(/OOM/);
  });
});

describe('a broker given by URL', () => {
  test('is emptied after the run', async () => {
    await using owner = await openBroker();
    {
      await using broker = await redisAt(owner.url);
      expect(broker).toMatchObject({ how: 'url', kind: 'redis' });
      await withClient(broker.url, (client) => client.set('left', 'over'));
    }
    expect(await withClient(owner.url, (client) => client.dbsize())).toBe(0);
  });

  test('is refused when it holds keys, which are left alone', async () => {
    await using owner = await openBroker();
    await withClient(owner.url, (client) => client.set('precious', 'data'));
    await expect(redisAt(owner.url)).rejects.toThrow(/holds 1 keys; name an empty one/);
    expect(await withClient(owner.url, (client) => client.get('precious'))).toBe('data');
  });

  test('is refused when nothing answers, and its password is not told', async () => {
    await using owner = await openBroker();
    await owner.break('down');
    const url = `redis://me:secret@127.0.0.1:${owner.port}/0`;
    await expect(redisAt(url)).rejects.toThrow(
      `nothing answers at redis://127.0.0.1:${owner.port}/0`,
    );
  });
});

async function withinOneSecond<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const signal = AbortSignal.timeout(1000);
  const late = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('did not answer'));
    });
  });
  return Promise.race([answer, late]);
}
