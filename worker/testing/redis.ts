import { execa } from 'execa';
import getPort from 'get-port';
import { Redis } from 'ioredis';
import pWaitFor from 'p-wait-for';

const program = 'redis-server';

/** Why tests with a real Redis cannot run here; undefined when they can. */
export async function whyNoRedis(): Promise<string | undefined> {
  const { failed } = await execa(program, ['--version'], { reject: false });
  return failed
    ? `no ${program} on this machine (Debian: apt-get install redis-server)`
    : undefined;
}

/** A port of 127.0.0.1 that nothing listens on. */
export function closedPort(): Promise<number> {
  return getPort({ host: '127.0.0.1' });
}

export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  /** For commands of the test's own, such as CONFIG SET. */
  readonly client: Redis;
  /** As kill -9 does. */
  readonly kill: () => Promise<void>;
}

/** A Redis of the test's own, which keeps nothing on disk. */
export async function startRedis(port?: number): Promise<RedisServer> {
  const own = String(port ?? (await closedPort()));
  const server = execa(
    program,
    ['--port', own, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { reject: false, stdout: 'ignore' },
  );
  const url = `redis://127.0.0.1:${own}`;
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => 50 });
  client.on('error', () => undefined);
  const kill = async () => {
    server.kill('SIGKILL');
    await server;
  };
  await client.connect().catch(() => undefined);
  await pWaitFor(() => client.status === 'ready', { interval: 20, timeout: 10_000 });
  return {
    url,
    client,
    kill,
    [Symbol.asyncDispose]: async () => {
      client.disconnect();
      await kill();
    },
  };
}
