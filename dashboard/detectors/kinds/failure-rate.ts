import type { Detector } from '../detector.ts';
import { newest, secondsAgo, type History } from '../sample.ts';

/** Fewer failures than this are no rate. */
const fewest = 5;

/** A large part of the jobs fails. */
export const failureRate: Detector = {
  name: 'failure-rate',
  title: 'Many jobs fail',
  measures: `The part of the jobs of a queue that failed in the last five minutes, from ${fewest} failures.`,
  unit: '%',
  thresholds: { on: 50, onForSeconds: 15, off: 25, offForSeconds: 60, cooldownSeconds: 600 },
  metrics: ['queue.failed'],
  alsoShows: [],
  read: (history) =>
    newest(history).queues.map(({ id, recent }) => {
      // Where completed jobs are not kept, the workers that joined have counted them.
      const completed = Math.max(recent.completed, completedBy(history, id));
      const all = recent.failed + completed;
      const rate = recent.failed < fewest ? 0 : Math.round((100 * recent.failed) / all);
      return {
        subject: `queue:${id}`,
        name: id,
        queue: id,
        value: rate,
        says: `${recent.failed} of ${all} jobs of ${id} failed in five minutes`,
      };
    }),
};

function completedBy(history: History, queue: string): number {
  const before = new Map(secondsAgo(history, 300).workers.map(({ id, counts }) => [id, counts]));
  return newest(history)
    .workers.filter((worker) => worker.queue === queue)
    .reduce((sum, { id, counts }) => sum + counts.completed - (before.get(id)?.completed ?? 0), 0);
}
