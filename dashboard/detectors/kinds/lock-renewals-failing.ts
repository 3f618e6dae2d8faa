import type { Detector } from '../detector.ts';
import { newest, secondsAgo } from '../sample.ts';

/** A worker runs a job that it no longer owns. */
export const lockRenewalsFailing: Detector = {
  name: 'lock-renewals-failing',
  title: 'A worker cannot renew its locks',
  measures: 'Locks that a worker could not renew within the last minute.',
  unit: 'locks',
  thresholds: { on: 1, onForSeconds: 0, off: 1, offForSeconds: 60, cooldownSeconds: 300 },
  metrics: ['worker.lock-renewals-failed'],
  alsoShows: [],
  read: (history) => {
    const before = new Map(secondsAgo(history, 60).workers.map(({ id, counts }) => [id, counts]));
    return newest(history).workers.map(({ id, where, queue, counts }) => {
      // Of a worker that is new, all that failed is of the last minute.
      const value = counts.lockRenewalsFailed - (before.get(id)?.lockRenewalsFailed ?? 0);
      return {
        subject: `worker:${id}`,
        name: where,
        queue,
        value,
        says: `${where} could not renew ${value} locks within a minute`,
      };
    });
  },
};
