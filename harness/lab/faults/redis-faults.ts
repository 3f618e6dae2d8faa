import type { Redis } from 'ioredis';
import { NotRun } from '../not-run.ts';
import { secret } from '../brokers/redis/directives.ts';
import type { RedisServer } from '../brokers/redis/server.ts';
import { standIn } from '../brokers/stand-in.ts';
import type { ServerFault, Undo } from './breakable.ts';

type Imposes<Kind extends ServerFault['kind']> = (
  server: RedisServer,
  fault: Extract<ServerFault, { kind: Kind }>,
) => Promise<Undo>;

/**
 * Imposes a fault on a server of Redis or Valkey, as it befalls real ones.
 *
 * @returns what takes it away.
 * @throws NotRun where the server or the machine knows no such thing.
 */
export function imposeOnRedis(server: RedisServer, fault: ServerFault): Promise<Undo> {
  const impose = imposers[fault.kind] as Imposes<ServerFault['kind']>;
  return impose(server, fault);
}

const imposers: { readonly [Kind in ServerFault['kind']]: Imposes<Kind> } = {
  async down(server, { keepData = false }) {
    if (!keepData) {
      await server.kill();
      return () => server.start();
    }
    await server.shutDown();
    return () => resumed(server);
  },
  silent: (server) => replaced(server, 'silent'),
  drops: (server) => replaced(server, 'drops'),

  async frozen(server) {
    await server.freeze();
    return async () => {
      await server.thaw();
      await server.answers();
    };
  },

  oom: (server, { maxmemory = 1 }) =>
    configured(server, { 'maxmemory-policy': 'noeviction', maxmemory: `${maxmemory}` }),

  async misconf(server) {
    const { place, folder } = server;
    const name = await server.ask((client) => settingOf(client, 'dbfilename'));
    // In the place of the file that it would write its data to.
    await place.makeObstacle(folder, name);
    const restore = await configured(server, {
      save: '3600 1',
      'stop-writes-on-bgsave-error': 'yes',
    });
    await saves(server, false);
    return async () => {
      await place.removeObstacle(folder, name);
      await saves(server, true);
      await restore();
      await place.removeObstacle(folder, name);
    };
  },

  async readonly(server) {
    // A primary that nobody listens for: it has its data, and gets no other.
    await server.ask((client) => client.call('REPLICAOF', '127.0.0.1', '1'));
    return async () => {
      await server.ask((client) => client.call('REPLICAOF', 'NO', 'ONE'));
    };
  },

  loading: (server) => loading(server),

  noauth: (server) => withPassword(server),
  wrongpass(server) {
    if (server.setUp.directives.requirepass !== undefined) return withPassword(server);
    throw new Error(
      'wrongpass: the broker has no password to change. Give it one with config: requirepass.',
    );
  },

  async 'max-clients'(server) {
    const client = server.connect();
    try {
      const before = await settingOf(client, 'maxclients');
      await client.config('SET', 'maxclients', '1');
      return async () => {
        // By the connection that was there before: another would not be let in.
        await client.config('SET', 'maxclients', before);
        client.disconnect();
      };
    } catch (error) {
      client.disconnect();
      throw error;
    }
  },
};

async function resumed(server: RedisServer): Promise<void> {
  await server.resume();
  await server.answers();
}

async function replaced(server: RedisServer, manners: 'silent' | 'drops'): Promise<Undo> {
  await server.kill();
  const { host, port } = server.address;
  const replacement = await standIn(host, port, manners);
  return async () => {
    await replacement[Symbol.asyncDispose]();
    await server.start();
  };
}

async function settingOf(client: Redis, name: string): Promise<string> {
  const [, value = ''] = await client.config('GET', name);
  return value;
}

/** Changes settings, for as long as the fault lasts. */
async function configured(
  server: RedisServer,
  settings: Readonly<Record<string, string>>,
): Promise<Undo> {
  const set = (values: Readonly<Record<string, string>>) =>
    server.ask(async (client) => {
      for (const [name, value] of Object.entries(values)) await client.config('SET', name, value);
    });
  const before = await server.ask(async (client) => {
    const pairs: [string, string][] = [];
    for (const name of Object.keys(settings)) pairs.push([name, await settingOf(client, name)]);
    return Object.fromEntries(pairs);
  });
  await set(settings);
  return () => set(before);
}

/** Has it save its data in the background, until that has come out so. */
async function saves(server: RedisServer, well: boolean): Promise<void> {
  const wanted = `rdb_last_bgsave_status:${well ? 'ok' : 'err'}`;
  await server.ask(async (client) => {
    await client.bgsave();
    for (const deadline = Date.now() + 20_000; ;) {
      const state = await client.info('persistence');
      if (state.includes('rdb_bgsave_in_progress:0') && state.includes(wanted)) return;
      if (Date.now() > deadline) throw new NotRun(`the server's save did not come out: ${state}`);
    }
  });
}

/** Wants a password that nobody was told, and has everybody log in anew. */
async function withPassword(server: RedisServer): Promise<Undo> {
  const { admin } = server;
  const before = server.setUp.directives.requirepass ?? '';
  const password = secret();
  await server.ask(async (client) => {
    await client.config('SET', 'requirepass', password);
    // Those that stand were let in before.
    await client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  });
  // Where the harness has a user of its own, it stays so.
  if (admin === undefined || admin === 'anonymous' || admin.user === '') {
    server.admin = { user: '', password };
  }
  return async () => {
    await server.ask((client) => client.config('SET', 'requirepass', before));
    server.admin = admin;
  };
}

const fillers = 200;
/** It looks at its clients once it has read so much. */
const lookEvery = 1024;
/** How long it reads unless it is restored, in milliseconds. */
const longLoadMs = 120_000;

/** Starts it again with so much data that it reads for long, each key as slowly as it may. */
async function loading(server: RedisServer): Promise<Undo> {
  const slow = {
    'key-load-delay': `${Math.round((longLoadMs * 1000) / fillers)}`,
    'loading-process-events-interval-bytes': `${lookEvery}`,
    rdbcompression: 'no',
  };
  // Known from Redis 7.0 on. Older ones look at their clients every two megabytes alone.
  const known = await server.ask((client) =>
    settingOf(client, 'loading-process-events-interval-bytes'),
  );
  if (known === '') throw new NotRun('a server before Redis 7.0 cannot be made to load slowly');
  const database = Number(await server.ask((client) => settingOf(client, 'databases'))) - 1;
  const names = Array.from({ length: fillers }, (_, number) => `poolproof:filler:${number}`);
  await server.ask(async (client) => {
    await client.config('SET', 'rdbcompression', 'no');
    await client.select(database);
    const filler = 'x'.repeat(2 * lookEvery);
    await client.mset(Object.fromEntries(names.map((name) => [name, filler])));
  });
  await server.shutDown();
  await server.resume(slow);
  await server.answers((line) => line.startsWith('-LOADING'));
  return async () => {
    await server.ask((client) => client.config('SET', 'key-load-delay', '0'));
    await server.answers();
    await server.ask(async (client) => {
      await client.select(database);
      await client.del(...names);
    });
  };
}
