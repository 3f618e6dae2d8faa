import type { Detector } from '../detector.ts';
import { newest } from '../sample.ts';

/** Workers of one queue run several versions of BullMQ, and go on doing so. */
export const versionSkew: Detector = {
  name: 'version-skew',
  title: 'Workers of one queue run several versions',
  measures: 'Versions of BullMQ among the workers of a queue, beyond one.',
  unit: 'versions',
  // While a new version is rolled out, two run for a while.
  thresholds: { on: 1, onForSeconds: 900, off: 1, offForSeconds: 0, cooldownSeconds: 3600 },
  metrics: [],
  alsoShows: [],
  read: (history) => {
    const { queues, workers } = newest(history);
    return queues.map(({ id }) => {
      const mine = workers.filter(({ queue, health }) => queue === id && health !== 'silent');
      const versions = [...new Set(mine.map(({ engine }) => engine))].filter(Boolean).sort();
      return {
        subject: `queue:${id}`,
        name: id,
        queue: id,
        value: Math.max(0, versions.length - 1),
        says: `workers of ${id} run bullmq ${versions.join(' and ')}`,
      };
    });
  },
};
