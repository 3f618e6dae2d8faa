import type { BrokerFault, RunBroker } from '../scenario/run.ts';

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
