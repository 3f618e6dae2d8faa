/** What the run of a claim in a cell needs of its broker. The shape is the catalog's, which writes it. */
export interface BrokerNeed {
  /** `redis` is met by Valkey too; `any` by the embedded PostgreSQL where BullMQ can. */
  readonly kind: 'redis' | 'postgres' | 'rabbitmq' | 'any' | 'nothing';
  /** `7.0`, `7.0.15` (that version, as far as it is given), `valkey-9.1` (Valkey alone), `>=6.2` (at least). Left out: whatever there is. */
  readonly version?: string | undefined;
  readonly topology: Topology;
  readonly tls: boolean;
  /** Directives of redis.conf or rabbitmq.conf. */
  readonly config?: Readonly<Record<string, string>> | undefined;
  /** How actors log in; BROKER_URL carries it. Left out: with `requirepass` if the configuration has it. */
  readonly login?: Login | undefined;
}

export type Topology = 'single' | 'cluster' | 'sentinel' | 'replica';

export type Login = 'anonymous' | { readonly user: string; readonly password: string };

/** A broker of that kind with nothing particular about it. */
export function plainly(kind: BrokerNeed['kind']): BrokerNeed {
  return { kind, topology: 'single', tls: false };
}

/** A server as it calls itself. */
export interface ServerVersion {
  readonly kind: 'redis' | 'valkey';
  readonly version: string;
}

/**
 * Whether a server is of the version that a need names, as far as it is given.
 *
 * @param wanted as in `BrokerNeed.version`.
 */
export function isOfVersion({ kind, version }: ServerVersion, wanted: string | undefined): boolean {
  if (wanted === undefined || wanted.startsWith('>=')) return isOfNumber(version, wanted);
  const [family, number] = wanted.startsWith('valkey-')
    ? ['valkey', wanted.slice('valkey-'.length)]
    : ['redis', wanted];
  return kind === family && isOfNumber(version, number);
}

/** Whether a version is `7.0`, say, as far as that is given, or `>=7.0`. */
export function isOfNumber(version: string, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  if (wanted.startsWith('>=')) return isAtLeast(version, wanted.slice(2));
  return version === wanted || version.startsWith(`${wanted}.`);
}

function isAtLeast(version: string, least: string): boolean {
  const [own, wanted] = [version, least].map((text) => text.split('.').map(Number)) as [
    number[],
    number[],
  ];
  for (const [index, part] of wanted.entries()) {
    const difference = (own[index] ?? 0) - part;
    // Also where it is no number: of a version that is not known nothing is known.
    if (difference !== 0) return difference > 0;
  }
  return true;
}
