import type { SeenWorker } from './workers-of.ts';

export const healths = ['well', 'paused', 'closing', 'blocked', 'silent'] as const;
export type Health = (typeof healths)[number];

/** How many heartbeats may fail to come, and how long that lasts at least, before a worker is silent. */
const beatsMissed = 4;
const silentAfterMs = 5000;

/**
 * How a worker is. `blocked`: its process lives, and its event loop does not go round. `silent`: nothing
 * was heard of it: its process is dead or suspended, or it does not reach the broker.
 */
export function healthOf({ record, agoMs }: SeenWorker): Health {
  if (agoMs > Math.max(beatsMissed * record.beatMs, silentAfterMs)) return 'silent';
  if (record.blockedMs > 0) return 'blocked';
  return record.state === 'running' ? 'well' : record.state;
}
