import type { Detector, Reading } from '../detector.ts';
import { newest, secondsAgo, type History } from '../sample.ts';

/** The broker is about to refuse jobs, or to throw some away. */
export const brokerMemory: Detector = {
  name: 'broker-memory',
  title: 'The broker runs out of memory',
  measures: 'Memory of Redis, of what it may take. Keys that it throws away count as all of it.',
  unit: '%',
  thresholds: { on: 90, onForSeconds: 15, off: 80, offForSeconds: 60, cooldownSeconds: 600 },
  metrics: ['broker.memory-bytes', 'broker.evicted-keys'],
  // Its message is in the log of whoever is refused.
  alsoShows: ['BUG-037'],
  read: (history) => {
    const { broker } = newest(history);
    return broker ? [reading(history, broker)] : [];
  },
};

function reading(
  history: History,
  { usedBytes, limitBytes, policy, evictedKeys }: NonNullable<History[0]['broker']>,
): Reading {
  const evicted = evictedKeys - (secondsAgo(history, 60).broker?.evictedKeys ?? evictedKeys);
  const used = limitBytes > 0 ? Math.round((100 * usedBytes) / limitBytes) : 0;
  const then = policy === 'noeviction' ? 'refuses writes' : `throws keys away (${policy})`;
  return {
    subject: 'broker',
    name: 'the broker',
    value: evicted > 0 ? Math.max(100, used) : used,
    says:
      evicted > 0
        ? `Redis threw ${evicted} keys away within a minute (${policy})`
        : `Redis takes ${used} % of its maxmemory; at 100 % it ${then}`,
  };
}
