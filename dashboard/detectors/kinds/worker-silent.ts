import type { Detector } from '../detector.ts';
import { newest } from '../sample.ts';

/** A worker that did not say goodbye. */
export const workerSilent: Detector = {
  name: 'worker-silent',
  title: 'A worker has fallen silent',
  measures: 'How long a worker that joined has not been heard of. Dead, suspended or cut off.',
  unit: 's',
  thresholds: { on: 10, onForSeconds: 5, off: 10, offForSeconds: 0, cooldownSeconds: 300 },
  metrics: ['worker.silent-seconds'],
  // While its host is suspended nothing can be measured of a worker; its sights are seen afterwards.
  alsoShows: ['BUG-063'],
  read: (history) =>
    newest(history).workers.map(({ id, where, queue, health, silentSeconds }) => ({
      subject: `worker:${id}`,
      name: where,
      queue,
      value: health === 'silent' ? silentSeconds : 0,
      says: `nothing was heard of ${where} for ${Math.round(silentSeconds)} s`,
    })),
};
