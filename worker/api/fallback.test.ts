import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import pWaitFor from 'p-wait-for';
import { describe, expect, test } from 'vitest';
import { startLiveWorker } from '../live-worker.ts';
import { useDatabase } from '../testing/database.ts';
import { startImportsServer, type ImportsServer } from '../testing/imports-server.ts';
import { closedPort, startRedis, whyNoRedis } from '../testing/redis.ts';

const header = 'date,symbol,side,quantity,price,fees,currency\n';
const file = `${header}2026-01-02,ABC,buy,10,100,5,EUR\n`;
const context = useDatabase();
const noRedis = await whyNoRedis();
const deadline = { interval: 50, timeout: 20_000 };

async function quantity(server: ImportsServer, portfolio: string): Promise<string | undefined> {
  const { body } = await server.get(`/positions?portfolio=${portfolio}`);
  return (body as { positions: { quantity: string }[] }).positions[0]?.quantity;
}

/** Posts a file and says how long the answer took, in milliseconds. */
async function timed(server: ImportsServer, portfolio: string) {
  const started = performance.now();
  const answer = await server.post(file, `portfolio=${portfolio}`);
  return { ...answer, tookMs: performance.now() - started };
}

const ranAtOnce = {
  status: 200,
  body: { mode: 'sync', record: { state: 'done', imported: 1 } },
};

/** Something that accepts connections and never says a word. */
async function startSilence(): Promise<AsyncDisposable & { url: string }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function startWorker(brokerUrl: string) {
  return startLiveWorker({
    brokerUrl,
    databaseUrl: context.url,
    pool: 'solo',
    writeups: [],
    onError: () => undefined,
  });
}

describe('with a broker that answers', () => {
  test('an import is queued, and a worker runs it', async () => {
    await using server = await startImportsServer(context.url, context.url);
    expect(await server.post(file, 'portfolio=queued')).toMatchObject({
      status: 202,
      body: { mode: 'queued' },
    });
    expect(await quantity(server, 'queued')).toBeUndefined();
    await using worker = await startWorker(context.url);
    expect(worker.pool).toBe('solo');
    await pWaitFor(async () => (await quantity(server, 'queued')) === '10', deadline);
  });
});

describe('without one, the import runs at once', () => {
  test('when nothing listens', async () => {
    await using server = await startImportsServer(
      `redis://127.0.0.1:${await closedPort()}`,
      context.url,
    );
    const answer = await timed(server, 'down');
    expect(answer).toMatchObject(ranAtOnce);
    expect(answer.tookMs).toBeLessThan(2500);
    expect(await quantity(server, 'down')).toBe('10');
  });

  test('when it accepts connections and never answers', async () => {
    await using silence = await startSilence();
    await using server = await startImportsServer(silence.url, context.url);
    const answer = await timed(server, 'silent');
    expect(answer).toMatchObject(ranAtOnce);
    expect(answer.body).toMatchObject({ reason: 'the broker did not answer within 1000 ms' });
    expect(await quantity(server, 'silent')).toBe('10');
  });

  test.skipIf(noRedis)(`when it refuses writes${noRedis ? `: ${noRedis}` : ''}`, async () => {
    await using redis = await startRedis();
    await using server = await startImportsServer(redis.url, context.url);
    expect(await server.post(file, 'portfolio=writable')).toMatchObject({ status: 202 });
    await redis.client.config('SET', 'maxmemory', '1');
    const answer = await timed(server, 'read-only');
    expect(answer).toMatchObject(ranAtOnce);
    expect(answer.body).toMatchObject({ reason: expect.stringContaining('OOM') as string });
    expect(await quantity(server, 'read-only')).toBe('10');
  });

  test.skipIf(noRedis)(
    `when it dies after it has the job, which runs then too and counts once${noRedis ? `: ${noRedis}` : ''}`,
    async () => {
      await using redis = await startRedis();
      await using server = await startImportsServer(redis.url, context.url);
      expect(await server.post(file, 'portfolio=alive')).toMatchObject({ status: 202 });
      // It takes the command in, and holds the answer back.
      await redis.client.call('CLIENT', 'PAUSE', '60000', 'WRITE');
      const answer = await timed(server, 'dies');
      expect(answer).toMatchObject(ranAtOnce);
      await redis.client.call('CLIENT', 'UNPAUSE');
      const { import: id } = answer.body as { import: string };
      await pWaitFor(async () => (await server.service.queue.getJob(id)) !== undefined, deadline);

      await using worker = await startWorker(redis.url);
      expect(worker.worker.isRunning()).toBe(true);
      await pWaitFor(
        async () => (await server.service.queue.getJobState(id)) === 'completed',
        deadline,
      );
      expect(await quantity(server, 'dies')).toBe('10');
    },
  );

  test.skipIf(noRedis)(
    `when it is killed while the request waits for it${noRedis ? `: ${noRedis}` : ''}`,
    async () => {
      await using redis = await startRedis();
      await using server = await startImportsServer(redis.url, context.url);
      expect(await server.post(file, 'portfolio=alive')).toMatchObject({ status: 202 });
      await redis.client.call('CLIENT', 'PAUSE', '60000', 'WRITE');
      const answer = timed(server, 'killed');
      await pWaitFor(
        async () => /^blocked_clients:[1-9]/m.test(await redis.client.info('clients')),
        deadline,
      );
      await redis.kill();
      expect(await answer).toMatchObject(ranAtOnce);
      expect(await quantity(server, 'killed')).toBe('10');
    },
  );
});
