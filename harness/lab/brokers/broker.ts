import type { Redis } from 'ioredis';
import type { Fault } from '../faults/fault.ts';
import type { Topology } from './need.ts';
import type { BrokerNeed } from './need.ts';

/** One server of a broker, as programs of this machine reach it. */
export interface BrokerNode {
  readonly host: string;
  readonly port: number;
  readonly role: 'primary' | 'replica' | 'sentinel';
}

/** What evidence says of a broker. */
interface BrokerFacts {
  readonly kind: 'redis' | 'valkey' | 'postgres' | 'rabbitmq' | 'none';
  readonly how: 'container' | 'native' | 'fetched' | 'embedded' | 'url' | 'none';
  readonly version: string;
  readonly topology: Topology;
  readonly tls: boolean;
  /** The directives that were asked for. */
  readonly config: Readonly<Record<string, string>>;
}

/** The broker of one run, shared with nobody. */
export interface RunBroker extends BrokerFacts {
  /** As actors see it; they find it in CELERY_BROKER_URL, CELERY_RESULT_BACKEND and BROKER_URL too. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** All its servers; one, but for a cluster, a replica or Sentinel. Actors find them in BROKER_NODES and BROKER_SENTINELS, as `host:port,host:port`. */
  readonly nodes: readonly BrokerNode[];
  /** The certificate that its servers' own are signed with, a PEM file; actors find it in BROKER_CA. Undefined without TLS. */
  readonly certificateAuthority: string | undefined;
}

/** The broker of one run, as the harness drives it. Disposing of it stops it, and takes its faults away. */
export interface Broker extends RunBroker, AsyncDisposable {
  /** The URL as containers on this machine's Docker engine see it; undefined when they cannot reach it. */
  readonly urlInside: string | undefined;
  /** What actors find in their environment, beside BROKER_URL. */
  readonly env: Readonly<Record<string, string>>;
  /** A client that may do everything, whatever actors log in as. Throws where the broker is not Redis or Valkey. */
  connect(): Redis;
  /** Puts a proxy before it, which faults of the network need; `url` is the proxy's from then on. */
  throughProxy(): Promise<void>;
  /** Imposes a fault, in place of the one there was. Throws `NotRun` where it cannot be had. */
  break(fault: Fault): Promise<void>;
  /** Takes the fault away, and waits until the broker answers. */
  restore(): Promise<void>;
  /** Makes the replica the primary, as the topology does it. Throws for one without replicas. */
  failover(): Promise<void>;
  /** Why it cannot be relied upon though nobody broke it on purpose, or undefined. */
  lost(): Promise<string | undefined>;
}

/** Where servers run: programs of this machine, or a container of an image. Plain data. */
export type ServerSource =
  | { readonly how: 'container'; readonly image: string; readonly program: string }
  | { readonly how: 'native' | 'fetched'; readonly file: string };

/** How the brokers of one kind will be had, decided once before anything runs. Plain data. */
export type BrokerChoice =
  | ServerSource
  | { readonly how: 'embedded' }
  | { readonly how: 'url'; readonly url: string }
  | { readonly how: 'missing'; readonly reason: string };

/** How each broker that is needed will be had. Plain data. */
export interface BrokerChoices {
  /** What was asked for: one of `rungs`, or a URL. */
  readonly asked: string;
  /** By `choiceName` of the need. */
  readonly made: Readonly<Record<string, BrokerChoice>>;
}

/** Needs of the same name are met by the same program. */
export function choiceName({ kind, version, tls }: BrokerNeed): string {
  return [kind, ...(version === undefined ? [] : [version]), ...(tls ? ['tls'] : [])].join(' ');
}

/** How a broker is had. Throws for one that was not chosen before. */
export function choiceFor(need: BrokerNeed, { made }: BrokerChoices): BrokerChoice {
  const choice = made[choiceName(need)];
  if (choice === undefined) throw new Error(`No broker was chosen for ${choiceName(need)}.`);
  return choice;
}
