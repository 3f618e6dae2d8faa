/**
 * What a broker may do to its clients:
 * `down` refuses connections, `silent` accepts them and never answers,
 * `drops` closes each one at its first request, `full` answers but refuses writes (out of memory).
 */
export type BrokerFault = 'down' | 'silent' | 'drops' | 'full';

/** The broker of one run, shared with nobody. */
export interface RunBroker {
  readonly kind: 'redis' | 'valkey' | 'postgres' | 'none';
  readonly how: 'container' | 'native' | 'embedded' | 'url' | 'none';
  readonly version: string;
  /** As actors see it; they find it in CELERY_BROKER_URL, CELERY_RESULT_BACKEND and BROKER_URL too. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
}

/** The broker that a run needs; `other` is one that the lab cannot open. */
export type BrokerNeed = 'redis' | 'postgres' | 'nothing' | 'other';

/** The broker of one run, as the harness drives it. Disposing of it stops it. */
export interface Broker extends RunBroker, AsyncDisposable {
  /** The URL as containers on this machine's Docker engine see it; undefined when they cannot reach it. */
  readonly urlInside: string | undefined;
  break(fault: BrokerFault): Promise<void>;
  mend(): Promise<void>;
  /** Why it cannot be relied upon though nobody broke it on purpose, or undefined. */
  lost(): Promise<string | undefined>;
}

/** How the brokers of one kind will be had, decided once before anything runs. Plain data. */
export type BrokerChoice =
  | { readonly how: 'container'; readonly image: string }
  | { readonly how: 'native'; readonly file: string }
  | { readonly how: 'embedded' }
  | { readonly how: 'url'; readonly url: string }
  | { readonly how: 'missing'; readonly reason: string };

export interface BrokerChoices {
  readonly redis: BrokerChoice;
  readonly postgres: BrokerChoice;
}
