import { NotRun } from '../../not-run.ts';
import { Breakable, type ServerFault, type Undo } from '../../faults/breakable.ts';
import type { Workspace } from '../../sweep/workspace.ts';
import type { Broker, ServerSource } from '../broker.ts';
import { isOfNumber, type BrokerNeed } from '../need.ts';
import { openPlace } from '../places/open-place.ts';
import { secret } from '../redis/directives.ts';
import { standIn } from '../stand-in.ts';
import { greeting } from './hello.ts';
import { RabbitmqServer, type RabbitmqLogin } from './server.ts';

/**
 * Starts a RabbitMQ for one run alone, with a node name, a folder, ports and a password of its own.
 *
 * @throws NotRun when it does not start, or is of another version than the claim needs.
 */
export async function openRabbitmq(
  source: ServerSource,
  need: BrokerNeed,
  workspace: Workspace,
): Promise<Broker> {
  const place = await openPlace(source, 3, workspace);
  try {
    const login = typeof need.login === 'object' ? need.login : ownLogin();
    const server = new RabbitmqServer(place, login, need.config ?? {});
    await server.start();
    const { host, port } = server.address;
    const version = await greeting({ host, port });
    if (!isOfNumber(version, need.version)) {
      throw new NotRun(
        `the claim needs RabbitMQ ${need.version ?? ''}; the ${place.how} one is ${version}`,
      );
    }
    return brokerOf({
      ...{ how: place.how, version, need, address: server.address },
      breakable: new Breakable(server.address, (fault) => impose(server, fault)),
      urlAt: (host, port) => urlOf(login, host, port),
      hostInside: () => place.hostInside,
      stop: async () => {
        await place[Symbol.asyncDispose]();
      },
    });
  } catch (error) {
    await place[Symbol.asyncDispose]();
    throw error;
  }
}

function ownLogin(): RabbitmqLogin {
  return { user: 'poolproof', password: secret() };
}

/** With the default virtual host, whose name is a slash. */
function urlOf({ user, password }: RabbitmqLogin, host: string, port: number): string {
  return `amqp://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}//`;
}

/**
 * A virtual host of a RabbitMQ that somebody else runs. What is left in it stays: there is no emptying it
 * by its clients' protocol.
 *
 * @throws NotRun when nothing answers there, or it is not as the claim needs it.
 */
export async function rabbitmqAt(url: string, need: BrokerNeed): Promise<Broker> {
  const { hostname, port, protocol } = new URL(url);
  if (need.config !== undefined || need.login !== undefined || protocol !== 'amqp:') {
    throw new NotRun(
      `the claim needs a broker that is set up for it; the one at ${hostname} is not ours`,
    );
  }
  const address = { host: hostname, port: Number(port || 5672) };
  const version = await greeting(address).catch((error: unknown) => {
    throw new NotRun(`no RabbitMQ answers at ${hostname}: ${String(error)}`);
  });
  if (!isOfNumber(version, need.version)) {
    throw new NotRun(
      `the claim needs RabbitMQ ${need.version ?? ''}; at ${hostname} ${version} answers`,
    );
  }
  const refuse = () => Promise.reject(new NotRun('a broker given by URL is not ours to break'));
  const urlAt = (host: string, port: number) => {
    const own = new URL(url);
    [own.hostname, own.port] = [host, `${port}`];
    return own.href;
  };
  return brokerOf({
    ...{ how: 'url', version, need, address, urlAt },
    breakable: new Breakable(address, refuse),
    hostInside: () => hostname,
    stop: () => Promise.resolve(),
  });
}

type Fixed = Pick<Broker, 'how' | 'version'> & {
  readonly address: { readonly host: string; readonly port: number };
  readonly need: BrokerNeed;
  readonly breakable: Breakable;
  readonly stop: () => Promise<void>;
  /** Its URL at an address. */
  readonly urlAt: (host: string, port: number) => string;
  readonly hostInside: () => string | undefined;
};

function brokerOf({
  how,
  version,
  address,
  need,
  breakable,
  stop,
  urlAt,
  hostInside,
}: Fixed): Broker {
  const { host, port } = address;
  return {
    kind: 'rabbitmq',
    how,
    version,
    topology: 'single',
    tls: false,
    config: need.config ?? {},
    get url() {
      return urlAt(host, breakable.port);
    },
    get urlInside() {
      const inside = hostInside();
      return inside === undefined || breakable.isProxied ? undefined : urlAt(inside, port);
    },
    host,
    get port() {
      return breakable.port;
    },
    nodes: [{ host, port, role: 'primary' }],
    certificateAuthority: undefined,
    env: {},
    connect() {
      throw new Error('run.redis: the broker is RabbitMQ. Write "needs: redis".');
    },
    throughProxy: () => breakable.throughProxy(),
    break: (fault) => breakable.break(fault),
    restore: () => breakable.restore(),
    failover: () => Promise.reject(new NotRun('RabbitMQ is had as a single server alone')),
    async lost() {
      if (breakable.isBroken) return undefined;
      const failure = await greeting(address, 10_000).then(() => undefined, String);
      return failure && `the broker gave way in the middle of the run: ${failure}`;
    },
    async [Symbol.asyncDispose]() {
      try {
        await breakable[Symbol.asyncDispose]();
      } finally {
        await stop();
      }
    },
  };
}

async function impose(server: RabbitmqServer, fault: ServerFault): Promise<Undo> {
  switch (fault.kind) {
    case 'down':
      await server.kill();
      return () => (fault.keepData ? server.resume() : server.start());
    case 'silent':
    case 'drops': {
      await server.kill();
      const { host, port } = server.address;
      const replacement = await standIn(host, port, fault.kind);
      return async () => {
        await replacement[Symbol.asyncDispose]();
        await server.start();
      };
    }
    case 'frozen':
      await server.freeze();
      return () => server.thaw();
    case 'oom':
    case 'misconf':
    case 'readonly':
    case 'loading':
    case 'noauth':
    case 'wrongpass':
    case 'max-clients':
      throw new NotRun(`RabbitMQ knows no ${fault.kind}`);
  }
}
