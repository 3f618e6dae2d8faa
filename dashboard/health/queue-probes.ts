import type { Queue } from 'bullmq';
import { createProbe, type Probe } from './probe.ts';

/** Up when the broker answers a question about the queue. */
export function probeBroker(queue: Queue): Probe {
  return createProbe(() => queue.getJobCounts());
}

/** Up when a worker, of whichever machine, is connected to the queue. */
export function probeWorker(queue: Queue): Probe {
  return createProbe(async () => {
    const workers = await queue.getWorkers();
    if (workers.length === 0) throw new Error(`no worker is connected to the queue ${queue.name}`);
  });
}
