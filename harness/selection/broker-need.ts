import { brokerOf } from '../../catalog/cell/broker.ts';
import type { Cell } from '../../catalog/evidence/schema.ts';
import type { Claim } from '../../catalog/writeup/schema.ts';
import type { BrokerNeed } from '../lab/brokers/broker.ts';

/** The broker that the run of a claim in a cell needs, as the lab knows it: `other` for one that it cannot open. */
export function brokerNeed(run: Claim['run'], cell: Cell): BrokerNeed {
  const { kind, topology, tls, version, config, login } = brokerOf(run, cell);
  const isPlain = topology === 'single' && !tls && !version && !config && !login;
  if (!isPlain || kind === 'rabbitmq') return 'other';
  return kind === 'any' ? 'redis' : kind;
}
