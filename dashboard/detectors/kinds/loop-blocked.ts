import type { Detector } from '../detector.ts';
import { newest } from '../sample.ts';

/** A job computes in the event loop, which then renews no lock and sends no heartbeat. */
export const loopBlocked: Detector = {
  name: 'loop-blocked',
  title: 'The event loop of a worker is blocked',
  measures: 'How long the event loop of a worker is held up, or was since its last heartbeat.',
  unit: 'ms',
  thresholds: { on: 5000, onForSeconds: 0, off: 1000, offForSeconds: 20, cooldownSeconds: 300 },
  metrics: ['worker.event-loop-delay-ms'],
  alsoShows: [],
  read: (history) =>
    newest(history)
      .workers.filter(({ health }) => health !== 'silent')
      .map(({ id, where, queue, loopDelayMs }) => ({
        subject: `worker:${id}`,
        name: where,
        queue,
        value: loopDelayMs,
        says: `the event loop of ${where} was held up for ${Math.round(loopDelayMs)} ms; its process lives`,
      })),
};
