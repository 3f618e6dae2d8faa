import { NotRun } from '../../not-run.ts';
import { Breakable } from '../../faults/breakable.ts';
import { imposeOnRedis } from '../../faults/redis-faults.ts';
import type { Workspace } from '../../sweep/workspace.ts';
import type { Broker, BrokerNode, ServerSource } from '../broker.ts';
import { isOfVersion, type BrokerNeed } from '../need.ts';
import { versionOf } from './client.ts';
import { loginOf, urlOf } from './directives.ts';
import { ping } from './ping.ts';
import type { RedisServer } from './server.ts';
import type { RedisSystem } from './system.ts';
import { sentinelName, startSystem } from './topologies.ts';

/**
 * Starts a Redis or Valkey as a claim needs it, for one run alone.
 *
 * @throws NotRun when it cannot be had so, or turns out to be of another version.
 */
export async function openRedis(
  source: ServerSource,
  need: BrokerNeed,
  workspace: Workspace,
): Promise<Broker> {
  const system = await startSystem(source, need, workspace);
  try {
    return await brokerOf(system, need);
  } catch (error) {
    await system[Symbol.asyncDispose]();
    throw error;
  }
}

async function brokerOf(system: RedisSystem, need: BrokerNeed): Promise<Broker> {
  const found = await system.primary().ask(versionOf);
  if (!isOfVersion(found, need.version)) {
    throw new NotRun(
      `the claim needs ${need.version ?? ''}; the ${system.place.how} server is ${found.kind} ${found.version}`,
    );
  }
  const { host, port } = system.primary().address;
  const login = loginOf(need.login, need.config ?? {});
  const urlAt = (port: number, at = host) => urlOf({ host: at, port, tls: need.tls }, login);
  const breakable = new Breakable({ host, port }, (fault) =>
    imposeOnRedis(system.primary(), fault),
  );
  return {
    ...found,
    how: system.place.how,
    topology: need.topology,
    tls: need.tls,
    config: need.config ?? {},
    get url() {
      return urlAt(breakable.port);
    },
    get urlInside() {
      const { hostInside } = system.place;
      const isReached = hostInside !== undefined && need.topology === 'single' && !need.tls;
      return isReached && !breakable.isProxied ? urlAt(port, hostInside) : undefined;
    },
    host,
    get port() {
      return breakable.port;
    },
    get nodes() {
      return nodesOf(system);
    },
    certificateAuthority: system.certificateAuthority,
    get env() {
      return environmentOf(system);
    },
    connect: () => system.primary().connect(),
    async throughProxy() {
      if (need.topology !== 'single') {
        throw new NotRun(
          'a proxy stands before a single server alone; clients find the others by themselves',
        );
      }
      await breakable.throughProxy();
    },
    break: (fault) => breakable.break(fault),
    restore: () => breakable.restore(),
    failover: () => breakable.breakBy(() => system.failover()),
    lost: () => (breakable.isBroken ? Promise.resolve(undefined) : whyLost(system)),
    async [Symbol.asyncDispose]() {
      try {
        await breakable[Symbol.asyncDispose]();
      } finally {
        await system[Symbol.asyncDispose]();
      }
    },
  };
}

function nodesOf(system: RedisSystem): BrokerNode[] {
  const { servers, sentinels } = system;
  const first = system.primary();
  const isReplica = (server: RedisServer) =>
    server !== first && server.setUp.directives['cluster-enabled'] === undefined;
  return [
    ...servers.map((server) => ({
      ...place(server),
      role: isReplica(server) ? ('replica' as const) : ('primary' as const),
    })),
    ...sentinels.map((server) => ({ ...place(server), role: 'sentinel' as const })),
  ];
}

function place({ address: { host, port } }: RedisServer) {
  return { host, port };
}

function environmentOf(system: RedisSystem): Record<string, string> {
  const listOf = (servers: readonly RedisServer[]) =>
    servers.map(({ address: { host, port } }) => `${host}:${port}`).join(',');
  const { servers, sentinels, certificateAuthority } = system;
  return {
    ...(servers.length > 1 && { BROKER_NODES: listOf(servers) }),
    ...(sentinels.length > 0 && {
      BROKER_SENTINELS: listOf(sentinels),
      BROKER_SENTINEL_NAME: sentinelName,
    }),
    ...(certificateAuthority !== undefined && { BROKER_CA: certificateAuthority }),
  };
}

/**
 * Why a broker that answered before does so no more, or undefined. An error is an answer: a password that
 * the scenario has set keeps others out, and loses nothing.
 */
async function whyLost({ servers, sentinels }: RedisSystem): Promise<string | undefined> {
  for (const { address } of [...servers, ...sentinels]) {
    try {
      await ping(address, 10_000);
    } catch (error) {
      return `the broker gave way in the middle of the run: ${String(error)}`;
    }
  }
  return undefined;
}
