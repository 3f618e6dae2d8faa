import { BadInput } from '../../catalog/problem/bad-input.ts';

/** Servers of a Redis that Sentinel watches over. */
interface SentinelAddress {
  readonly sentinels: readonly { readonly host: string; readonly port: number }[];
  /** The name by which the sentinels know the master. */
  readonly master: string;
  readonly db: number;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

export type RedisAddress =
  | { readonly kind: 'redis'; readonly url: string }
  | { readonly kind: 'sentinel'; readonly sentinel: SentinelAddress };

/** What a broker's URL leads to. */
export type BrokerAddress = RedisAddress | { readonly kind: 'postgres'; readonly url: string };

const sentinelForm = /^redis\+sentinel:\/\/(?:([^@/]*)@)?([^/]+)\/([^/?#]+)(?:\/(\d+))?$/;

/**
 * Reads the URL of a broker. That it is a cluster is found out when it answers.
 * @throws BadInput for what is no broker's URL.
 */
export function readBrokerUrl(url: string): BrokerAddress {
  if (url.startsWith('redis+sentinel:')) return { kind: 'sentinel', sentinel: sentinelOf(url) };
  const scheme = URL.canParse(url) ? new URL(url).protocol : '';
  if (/^rediss?:$/.test(scheme)) return { kind: 'redis', url };
  if (/^postgres(ql)?:$/.test(scheme)) return { kind: 'postgres', url };
  throw new BadInput(
    `expected a broker URL that begins with redis:// or postgres://, got "${withoutPassword(url)}". ` +
      'Try --broker redis://127.0.0.1:6379',
  );
}

function sentinelOf(url: string): SentinelAddress {
  const [, login, servers = '', master = '', db] = sentinelForm.exec(url) ?? [];
  const sentinels = servers.split(',').map((server) => {
    const { hostname, port } = URL.canParse(`redis://${server}`)
      ? new URL(`redis://${server}`)
      : { hostname: '', port: '' };
    return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 26_379) };
  });
  const parts = decoded([...(login ?? '').split(':'), master]);
  if (parts === undefined || master === '' || sentinels.some(({ host }) => host === '')) {
    throw new BadInput(
      `expected sentinels and the name of their master, got "${withoutPassword(url)}". ` +
        'Try --broker redis+sentinel://10.0.0.1:26379,10.0.0.2:26379/mymaster',
    );
  }
  const [username, password] = login === undefined ? [] : parts;
  return {
    sentinels,
    master: parts.at(-1) ?? '',
    db: Number(db ?? 0),
    username: username === '' ? undefined : username,
    password: parts.length > 2 && password !== '' ? password : undefined,
  };
}

function decoded(parts: readonly string[]): string[] | undefined {
  try {
    return parts.map((part) => decodeURIComponent(part));
  } catch {
    return undefined;
  }
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//…@');
}

/** Where the jobs live, in words, without a password. */
export function describeBroker(url: string): string {
  const address = readBrokerUrl(url);
  if (address.kind === 'sentinel') return `Redis ${address.sentinel.master} by Sentinel`;
  return `${address.kind === 'redis' ? 'Redis' : 'PostgreSQL'} at ${new URL(url).host}`;
}
