import type { Detector } from '../detector.ts';
import { newest, type QueueSample } from '../sample.ts';

/** Jobs wait, and nobody takes them. */
export const backlogWithoutWorkers: Detector = {
  name: 'backlog-without-workers',
  title: 'Jobs wait and nobody takes them',
  measures: 'Waiting jobs of a queue that no worker listens to and that has no active job.',
  unit: 'jobs',
  thresholds: { on: 1, onForSeconds: 30, off: 1, offForSeconds: 10, cooldownSeconds: 300 },
  metrics: ['worker.listening'],
  alsoShows: [],
  read: (history) =>
    newest(history).queues.map((queue) => ({
      subject: `queue:${queue.id}`,
      name: queue.id,
      queue: queue.id,
      value: isLeftAlone(queue) ? queue.waiting : 0,
      says: `${queue.id}: ${queue.waiting} waiting, none active, and no worker listens`,
    })),
};

function isLeftAlone({ isPaused, listening, active }: QueueSample): boolean {
  return !isPaused && listening === 0 && active === 0;
}
