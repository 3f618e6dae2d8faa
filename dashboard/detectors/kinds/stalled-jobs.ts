import type { Detector } from '../detector.ts';
import { newest, secondsAgo, type Sample } from '../sample.ts';

/** Jobs that run, or are thought to, without the lock that keeps others from running them. */
export const stalledJobs: Detector = {
  name: 'stalled-jobs',
  title: 'Jobs have lost their lock',
  measures: 'Active jobs of a queue without a lock, and those that its workers found so lately.',
  unit: 'jobs',
  thresholds: { on: 1, onForSeconds: 0, off: 1, offForSeconds: 60, cooldownSeconds: 300 },
  metrics: ['queue.stalled'],
  alsoShows: [],
  read: (history) => {
    const now = newest(history);
    const before = secondsAgo(history, 30);
    return now.queues.map(({ id, stalled }) => {
      const found = foundIn(now, id) - foundIn(before, id);
      return {
        subject: `queue:${id}`,
        name: id,
        queue: id,
        value: stalled + Math.max(0, found),
        says: `${stalled} active jobs of ${id} have no lock, and its workers found ${Math.max(0, found)} in the last 30 s`,
      };
    });
  },
};

function foundIn({ workers }: Sample, queue: string): number {
  return workers
    .filter((worker) => worker.queue === queue)
    .reduce((sum, { counts }) => sum + counts.stalled, 0);
}
