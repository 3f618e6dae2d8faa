import type { Detector } from '../detector.ts';
import { newest } from '../sample.ts';

/** Jobs come faster than they are done. */
export const oldestWaitingJob: Detector = {
  name: 'oldest-waiting-job',
  title: 'Jobs wait for long',
  measures: 'How long ago the job of a queue that is next was added; of a retried one, at first.',
  unit: 's',
  thresholds: { on: 900, onForSeconds: 30, off: 300, offForSeconds: 30, cooldownSeconds: 900 },
  metrics: ['queue.oldest-waiting-seconds'],
  alsoShows: [],
  read: (history) =>
    newest(history).queues.map(({ id, isPaused, oldestWaitingSeconds, waiting }) => ({
      subject: `queue:${id}`,
      name: id,
      queue: id,
      value: isPaused ? 0 : oldestWaitingSeconds,
      says: `the oldest of ${waiting} that wait in ${id} was added ${Math.round(oldestWaitingSeconds)} s ago`,
    })),
};
