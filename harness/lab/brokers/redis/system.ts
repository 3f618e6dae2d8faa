import type { ServerSource } from '../broker.ts';
import type { BrokerNeed } from '../need.ts';
import { openPlace } from '../places/open-place.ts';
import type { Place } from '../places/place.ts';
import type { Workspace } from '../../sweep/workspace.ts';
import { adminOf, type Directives } from './directives.ts';
import { RedisServer } from './server.ts';
import { certificatesIn, type Certificates } from './certificates.ts';

/** The servers of one broker. */
export interface RedisSystem extends AsyncDisposable {
  readonly place: Place;
  /** Those that hold data. */
  readonly servers: readonly RedisServer[];
  readonly sentinels: readonly RedisServer[];
  /** The one that takes writes, or one of several. */
  primary(): RedisServer;
  readonly certificateAuthority: string | undefined;
  /**
   * Makes a replica the primary. Throws where there is none.
   *
   * @returns what brings back the server that was lost by it.
   */
  failover(): Promise<() => Promise<void>>;
}

/** What a topology builds its servers with. */
export interface Builder {
  readonly place: Place;
  readonly certificates: Certificates | undefined;
  readonly config: Directives;
  /** Makes a server at the next port, not started yet. */
  server(name: string, directives?: Directives): RedisServer;
  sentinel(name: string, directives: Directives): RedisServer;
}

/** Makes a place for so many servers, and what makes the servers in it. */
export async function builderFor(
  source: ServerSource,
  { config = {}, tls }: BrokerNeed,
  count: number,
  workspace: Workspace,
): Promise<Builder> {
  const place = await openPlace(source, count, workspace);
  try {
    const certificates = tls ? await certificatesIn(place, workspace) : undefined;
    const { login: admin, directives } = adminOf(config);
    const own = { ...certificates?.directives, ...directives };
    const certificateAuthority = certificates?.authority;
    const ports = [...place.ports];
    const make = (name: string, more: Directives, sentinel: boolean) =>
      new RedisServer(place, {
        name,
        port: ports.shift() ?? raise(`no port is left for ${name}`),
        directives: sentinel ? { ...certificates?.directives, ...more } : { ...own, ...more },
        admin: sentinel ? undefined : admin,
        certificateAuthority,
        sentinel,
        isAlone: count === 1,
      });
    return {
      place,
      certificates,
      config: own,
      server: (name, directives = {}) => make(name, directives, false),
      sentinel: (name, directives) => make(name, directives, true),
    };
  } catch (error) {
    await place[Symbol.asyncDispose]();
    throw error;
  }
}

function raise(message: string): never {
  throw new Error(message);
}
