import pWaitFor from 'p-wait-for';
import { NotRun } from '../../not-run.ts';
import type { Workspace } from '../../sweep/workspace.ts';
import type { ServerSource } from '../broker.ts';
import type { BrokerNeed, Login, Topology } from '../need.ts';
import type { RedisServer } from './server.ts';
import { builderFor, type Builder, type RedisSystem } from './system.ts';

/** By which Sentinel is asked for the primary. */
export const sentinelName = 'poolproof';

const sizes: Readonly<Record<Topology, number>> = {
  single: 1,
  cluster: 3,
  replica: 2,
  sentinel: 5,
};
const soon = { interval: 50, timeout: 30_000 };

/**
 * Starts the servers of a broker: one; a cluster of three primaries; a primary and its replica; or these
 * two with three sentinels, which take the primary for lost after a second.
 */
export async function startSystem(
  source: ServerSource,
  need: BrokerNeed,
  workspace: Workspace,
): Promise<RedisSystem> {
  const builder = await builderFor(source, need, sizes[need.topology], workspace);
  try {
    const system = await makers[need.topology](builder);
    return { ...system, certificateAuthority: builder.certificates?.authority };
  } catch (error) {
    await builder.place[Symbol.asyncDispose]();
    throw error;
  }
}

type System = Omit<RedisSystem, 'certificateAuthority'>;

const makers: Record<Topology, (builder: Builder) => Promise<System>> = {
  async single(builder) {
    const server = builder.server('redis');
    await server.start();
    return systemOf(builder, [server]);
  },

  async cluster(builder) {
    const servers = [1, 2, 3].map((number) =>
      builder.server(`redis-${number}`, {
        'cluster-enabled': 'yes',
        'cluster-announce-ip': '127.0.0.1',
        'cluster-node-timeout': '2000',
      }),
    );
    await Promise.all(servers.map((server) => server.start()));
    await joinCluster(servers);
    return systemOf(builder, servers);
  },

  async replica(builder) {
    const { servers, roles } = await replicated(builder);
    return {
      ...systemOf(builder, servers),
      primary: () => roles.primary,
      async failover() {
        const { primary, replica } = roles;
        await becomes(replica, 'NO', 'ONE');
        await becomes(primary, replica.address.host, `${replica.address.port}`);
        [roles.primary, roles.replica] = [replica, primary];
        return () => Promise.resolve();
      },
    };
  },

  async sentinel(builder) {
    const { servers, roles } = await replicated(builder);
    const { host, port } = roles.primary.address;
    const sentinels = [1, 2, 3].map((number) =>
      builder.sentinel(`sentinel-${number}`, {
        sentinel: [
          `monitor ${sentinelName} ${host} ${port} 2`,
          `down-after-milliseconds ${sentinelName} 1000`,
          `failover-timeout ${sentinelName} 5000`,
          ...loginFor(roles.primary.admin),
        ].join('\n'),
      }),
    );
    await Promise.all(sentinels.map((sentinel) => sentinel.start()));
    await until('the sentinels did not find each other', async () => {
      const views = await Promise.all(sentinels.map((sentinel) => viewOf(sentinel)));
      return views.every((view) => view.sentinels === 2 && view.replicas === 1);
    });
    return {
      ...systemOf(builder, servers),
      sentinels,
      primary: () => roles.primary,
      async failover() {
        const { primary, replica } = roles;
        await primary.kill();
        await until('no sentinel made the replica the primary', async () => {
          const views = await Promise.all(sentinels.map((sentinel) => viewOf(sentinel)));
          return views.every((view) => view.port === replica.address.port);
        });
        await until('the replica did not become the primary', async () => {
          return (await roleOf(replica)) === 'master';
        });
        [roles.primary, roles.replica] = [replica, primary];
        return async () => {
          await primary.resume();
          await primary.answers();
        };
      },
    };
  },
};

function systemOf({ place }: Builder, servers: readonly RedisServer[]): System {
  const [first] = servers;
  if (first === undefined) throw new Error('A broker has one server at least.');
  return {
    place,
    servers,
    sentinels: [],
    primary: () => first,
    failover: () =>
      Promise.reject(
        new Error(
          'run.failover: the broker has no replica. Write "topology: replica" or "sentinel".',
        ),
      ),
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  };
}

/** A primary with a replica that has its data. */
async function replicated(builder: Builder) {
  const [user, password] = credentials(builder);
  const auth = { ...(user && { masteruser: user }), ...(password && { masterauth: password }) };
  const primary = builder.server('primary', auth);
  const { host, port } = primary.address;
  const replica = builder.server('replica', { ...auth, replicaof: `${host} ${port}` });
  await Promise.all([primary.start(), replica.start()]);
  await until('the replica did not find its primary', async () =>
    (await replica.ask((client) => client.info('replication'))).includes('master_link_status:up'),
  );
  return { servers: [primary, replica], roles: { primary, replica } };
}

/** What `adminOf` has put into the directives. */
function credentials({ config }: Builder): [string | undefined, string | undefined] {
  const admin = /^poolproof on >(\w+)/m.exec(config.user ?? '')?.[1];
  return admin === undefined ? [undefined, config.requirepass] : ['poolproof', admin];
}

function loginFor(admin: Login | undefined): string[] {
  if (admin === undefined || admin === 'anonymous') return [];
  return [
    ...(admin.user ? [`auth-user ${sentinelName} ${admin.user}`] : []),
    `auth-pass ${sentinelName} ${admin.password}`,
  ];
}

const slots = 16_384;

async function joinCluster(servers: readonly RedisServer[]): Promise<void> {
  for (const [index, server] of servers.entries()) {
    const from = Math.ceil((slots * index) / servers.length);
    const to = Math.ceil((slots * (index + 1)) / servers.length);
    await server.ask(async (client) => {
      // One by one: ranges are known from Redis 7.0 on.
      const own = Array.from({ length: to - from }, (_, offset) => from + offset);
      await client.cluster('ADDSLOTS', ...own);
      for (const { address } of servers) await client.cluster('MEET', address.host, address.port);
    });
  }
  await until('the cluster did not come about', async () => {
    const states = await Promise.all(
      servers.map((server) => server.ask((client) => client.cluster('INFO'))),
    );
    return states.every(
      (state) =>
        state.includes('cluster_state:ok') &&
        state.includes(`cluster_known_nodes:${servers.length}`),
    );
  });
}

async function becomes(server: RedisServer, host: string, port: string): Promise<void> {
  await server.ask((client) => client.call('REPLICAOF', host, port));
}

async function roleOf(server: RedisServer): Promise<string | undefined> {
  const replication = await server.ask((client) => client.info('replication'));
  return /role:(\w+)/.exec(replication)?.[1];
}

/** What a sentinel knows of the primary. */
async function viewOf(sentinel: RedisServer) {
  const answer = await sentinel.ask((client) => client.call('SENTINEL', 'MASTER', sentinelName));
  const told = answer as string[];
  const of = (name: string) => Number(told[told.indexOf(name) + 1]);
  return { port: of('port'), sentinels: of('num-other-sentinels'), replicas: of('num-slaves') };
}

async function until(failure: string, condition: () => Promise<boolean>): Promise<void> {
  let seen = '';
  // A server that is just changing its role may not answer.
  const holds = () =>
    condition().catch((error: unknown) => {
      seen = String(error);
      return false;
    });
  await pWaitFor(holds, soon).catch(() => {
    throw new NotRun(`${failure} within ${soon.timeout / 1000} s ${seen}`);
  });
}
