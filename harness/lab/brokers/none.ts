import { NotRun } from '../not-run.ts';
import type { Broker } from './broker.ts';

const refuse = () =>
  Promise.reject(new NotRun('the claim needs no broker, so there is none to break'));

/** Stands where a claim needs no broker. Its port is the discard service's: nothing answers there. */
export const noBroker: Broker = {
  kind: 'none',
  how: 'none',
  version: 'none',
  topology: 'single',
  tls: false,
  config: {},
  url: 'redis://127.0.0.1:9/0',
  urlInside: 'redis://127.0.0.1:9/0',
  host: '127.0.0.1',
  port: 9,
  nodes: [],
  certificateAuthority: undefined,
  env: {},
  connect() {
    throw new Error('run.redis: there is no broker. Write "needs: redis".');
  },
  throughProxy: refuse,
  break: refuse,
  restore: refuse,
  failover: refuse,
  lost: () => Promise.resolve(undefined),
  [Symbol.asyncDispose]: () => Promise.resolve(),
};
