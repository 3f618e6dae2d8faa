import type { Redis } from 'ioredis';
import type { ScenarioBroker } from '../scenario/broker-control.ts';
import { NeedsHarness } from './steps.ts';

/** The broker that the scripts of a repro use unless they are told another. */
export interface UsualBroker {
  readonly kind: ScenarioBroker['kind'];
  readonly version: string;
  readonly config: Readonly<Record<string, string>>;
  /** Empty where none is needed. */
  readonly url: string;
}

export const usualHost = '127.0.0.1';
/** So unusual that it stands in a text for nothing else. */
export const usualPort = 16_390;

/** A broker that nothing can be done to. */
export function replayedBroker(usual: UsualBroker, redis: Redis): ScenarioBroker {
  const refuse = (what: string) => () => {
    throw new NeedsHarness(what);
  };
  return {
    ...usual,
    how: 'url',
    topology: 'single',
    tls: false,
    host: usualHost,
    port: usualPort,
    nodes: [{ host: usualHost, port: usualPort, role: 'primary' }],
    certificateAuthority: undefined,
    redis,
    break: refuse('it breaks its broker'),
    restore: refuse('it breaks its broker'),
    broken: refuse('it breaks its broker'),
    outage: refuse('it takes its broker away for a while'),
    failover: refuse('it has a replica become the primary'),
    throughProxy: refuse('it disturbs the network'),
  };
}
