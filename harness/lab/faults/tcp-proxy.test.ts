import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Broker } from '../brokers/broker.ts';
import { plainly } from '../brokers/need.ts';
import { openRedis } from '../brokers/redis/open.ts';
import { within } from '../deadline.ts';
import { workspaceOfTest } from '../testing/test-workspace.ts';
import { redisSources } from '../testing/redis-sources.ts';

const source = typeof redisSources.native === 'string' ? redisSources.fetched : redisSources.native;

let stack: AsyncDisposableStack;
let workspace: Awaited<ReturnType<typeof workspaceOfTest>>['workspace'];
beforeAll(async () => {
  stack = new AsyncDisposableStack();
  ({ workspace } = stack.use(await workspaceOfTest()));
});
afterAll(() => stack.disposeAsync());
beforeEach(({ skip }) => {
  if (typeof source === 'string') skip(source);
});

async function openBroker(): Promise<Broker> {
  if (typeof source === 'string') throw new Error(source);
  const broker = await openRedis(source, plainly('redis'), workspace);
  await broker.throughProxy();
  return broker;
}

/** A connection that says PING and tells what comes of it. */
async function connection(broker: Broker): Promise<Connection> {
  const socket = connect({ host: broker.host, port: broker.port, allowHalfOpen: true });
  await once(socket, 'connect');
  return new Connection(socket);
}

class Connection implements Disposable {
  readonly #socket: Socket;
  #received = '';
  #fate: string | undefined;

  constructor(socket: Socket) {
    this.#socket = socket
      .on('data', (chunk) => (this.#received += chunk.toString()))
      .on('error', ({ message }) => (this.#fate ??= message))
      .on('end', () => (this.#fate ??= 'closed'));
  }

  get received(): string {
    return this.#received;
  }

  /** What became of the connection: `closed`, or an error. Undefined while it stands. */
  get fate(): string | undefined {
    return this.#fate;
  }

  say(text: string): void {
    this.#socket.write(`${text}\r\n`);
  }

  /** Waits for so much to be received, or for the end of the connection. */
  async hears(text: string, deadlineMs = 2_000): Promise<void> {
    await within(
      deadlineMs,
      `it heard "${this.#received}", not "${text}"`,
      (async () => {
        while (!this.#received.includes(text) && this.#fate === undefined) {
          await Promise.race(
            ['data', 'end', 'error'].map((event) =>
              once(this.#socket, event).catch(() => undefined),
            ),
          );
        }
      })(),
    );
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}

describe('a proxy in the path', () => {
  test('passes everything on while there is no fault, however large', async () => {
    await using broker = await openBroker();
    const client = new Redis(broker.url).on('error', () => undefined);
    try {
      const large = 'x'.repeat(20_000_000);
      await client.set('large', large);
      await expect(client.get('large')).resolves.toBe(large);
    } finally {
      client.disconnect();
    }
  });

  test('latency delays each answer, in order, and no more once it is taken away', async () => {
    await using broker = await openBroker();
    using client = await connection(broker);
    const elapsed = async () => {
      const before = performance.now();
      client.say('PING');
      const heard = client.received;
      await client.hears(`${heard}+PONG\r\n`);
      return performance.now() - before;
    };
    const without = await elapsed();
    await broker.break({ kind: 'latency', ms: 400 });
    expect(await elapsed()).toBeGreaterThanOrEqual(399);
    client.say('ECHO one');
    client.say('ECHO two');
    await client.hears('$3\r\none\r\n$3\r\ntwo\r\n');
    await broker.restore();
    expect(without).toBeLessThan(399);
    expect(await elapsed()).toBeLessThan(399);
  });

  test.for([undefined, 'reset'] as const)(
    'a connection ends after so many bytes (%s), and a new one passes them after',
    async (by) => {
      await using broker = await openBroker();
      await broker.break({ kind: 'limit-data', bytes: 10, ...(by && { by }) });
      using client = await connection(broker);
      client.say('PING');
      client.say('PING');
      await client.hears('never');
      expect(client.received).toBe('+PONG\r\n+PO');
      expect(client.fate).toBe(by === 'reset' ? 'read ECONNRESET' : 'closed');
      await broker.restore();
      using next = await connection(broker);
      next.say('PING');
      next.say('PING');
      await next.hears('+PONG\r\n+PONG\r\n');
      expect(next.fate).toBeUndefined();
    },
  );

  test('resets connections that stand and new ones, and not after', async () => {
    await using broker = await openBroker();
    using standing = await connection(broker);
    standing.say('PING');
    await standing.hears('+PONG');
    await broker.break({ kind: 'reset-peer' });
    await standing.hears('never');
    expect(standing.fate).toBe('read ECONNRESET');
    using next = await connection(broker);
    await next.hears('never');
    expect(next.fate).toBe('read ECONNRESET');
    await broker.restore();
    using last = await connection(broker);
    last.say('PING');
    await last.hears('+PONG');
    expect(last.fate).toBeUndefined();
  });

  test('half-open: nothing passes and nobody is told; what stood then stays dead', async () => {
    await using broker = await openBroker();
    using standing = await connection(broker);
    standing.say('PING');
    await standing.hears('+PONG');
    await broker.break({ kind: 'timeout' });
    standing.say('ECHO lost');
    await expect(standing.hears('lost', 500)).rejects.toThrow('it heard');
    await broker.restore();
    standing.say('ECHO still-lost');
    await expect(standing.hears('lost', 500)).rejects.toThrow('it heard');
    expect(standing.fate).toBeUndefined();
    using next = await connection(broker);
    next.say('PING');
    await next.hears('+PONG');
    expect(next.received).toBe('+PONG\r\n');
  });

  test('replies lost: what was asked for was done', async () => {
    await using broker = await openBroker();
    using standing = await connection(broker);
    await broker.break({ kind: 'replies-lost' });
    standing.say('SET key value');
    await expect(standing.hears('OK', 500)).rejects.toThrow('it heard');
    expect(standing.fate).toBeUndefined();
    await broker.restore();
    await standing.hears('never');
    expect(standing.fate).toBe('read ECONNRESET');
    using next = await connection(broker);
    next.say('GET key');
    await next.hears('$5\r\nvalue');
  });

  test('refuses connections while the server is down, at the same address', async () => {
    await using broker = await openBroker();
    const { port } = broker;
    using standing = await connection(broker);
    await broker.break({ kind: 'down', keepData: true });
    await standing.hears('never');
    expect(standing.fate).toBe('closed');
    await expect(connection(broker)).rejects.toThrow(/ECONNREFUSED/);
    await broker.restore();
    expect(broker.port).toBe(port);
    using next = await connection(broker);
    next.say('PING');
    await next.hears('+PONG');
  });

  test('a server that dies by itself closes its connections', async () => {
    await using broker = await openBroker();
    using standing = await connection(broker);
    standing.say('SHUTDOWN NOSAVE');
    await standing.hears('never');
    expect(standing.fate).toBe('closed');
    await expect(broker.lost()).resolves.toMatch(/gave way/);
  });
});

test('a fault of the network without a proxy says what to write', async () => {
  if (typeof source === 'string') return;
  await using broker = await openRedis(source, plainly('redis'), workspace);
  await expect(broker.break({ kind: 'timeout' })).rejects.toThrow(
    /Write "await run\.broker\.throughProxy\(\)" before the first actor/,
  );
});
