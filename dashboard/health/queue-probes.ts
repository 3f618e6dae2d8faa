import type { Queue } from 'bullmq';
import type { KnownQueue, QueueDirectory } from '../queues/directory.ts';
import type { QueueSource } from '../queues/source.ts';
import type { Explainer } from './explain.ts';
import { createProbe, type Probe, type Warning } from './probe.ts';

/** Up when the broker answers a question about the queue. */
export function probeBroker(queue: Queue): Probe {
  return createProbe(() => queue.getJobCounts());
}

/** Up when the broker answers at all: asked before every look into a queue, so it asks for the least. */
export function probeAnswer(source: QueueSource): Probe {
  return createProbe(() => source.ping());
}

/** Up when the broker takes jobs, too: not when it is full, read-only or loading. */
export function probeCondition(source: QueueSource, explainer: Explainer): Probe {
  return createProbe(() => source.examine(), {
    explain: explainer.byError,
    judge: (conditions) => {
      const remarks = conditions.map(({ level, reason, bug }) => {
        const explanation = explainer.byId(bug);
        return { level, remark: { reason, ...(explanation && { bug: explanation }) } };
      });
      const downs = remarks.filter(({ level }) => level === 'down').map(({ remark }) => remark);
      const [first] = downs;
      if (first) {
        return { ...first, status: 'down', reason: downs.map(({ reason }) => reason).join(' ') };
      }
      const warnings = remarks.map(({ remark }) => remark);
      return { status: 'up', ...(warnings.length > 0 && { warnings }) };
    },
  });
}

/** Up when a worker, of whichever machine, is connected to the queue. */
export function probeWorker(queue: Queue): Probe {
  return createProbe(async () => {
    const workers = await queue.getWorkers();
    if (workers.length === 0) throw new Error(`no worker is connected to the queue ${queue.name}`);
  });
}

/** How many queues there are, how far the search for them is, and which of them do not get on. */
export function probeQueues(queues: QueueDirectory, explainer: Explainer): Probe {
  return createProbe(() => Promise.all(queues.list().map(stateOf)), {
    deadlineMs: 3000,
    judge: (states) => {
      const { complete, looked, problem } = queues.search();
      const ids = (is: (state: QueueState) => boolean) => states.filter(is).map(({ id }) => id);
      const bug = explainer.byId('BUG-011');
      const warnings: Warning[] = [
        ...when(
          ids(({ waiting, workers, paused }) => waiting > 0 && workers === 0 && !paused),
          'Jobs wait and no worker is connected: none was started, or it stopped listening.',
          bug && { bug },
        ),
        ...when(
          ids(({ paused }) => paused),
          'The queue is paused: its jobs wait until somebody resumes it.',
        ),
        ...when(
          ids(({ error }) => error !== undefined),
          'The queue cannot be read. Its page on the board tells why.',
        ),
      ];
      return {
        status: 'up',
        known: states.length,
        search: { complete, looked, ...(problem !== undefined && { problem }) },
        ...(warnings.length > 0 && { warnings }),
      };
    },
  });
}

interface QueueState {
  readonly id: string;
  readonly waiting: number;
  readonly paused: boolean;
  /** Undefined: the broker does not tell. */
  readonly workers?: number | undefined;
  readonly error?: string;
}

async function stateOf({ id, queue, workers }: KnownQueue): Promise<QueueState> {
  try {
    const [counts, paused, connected] = await Promise.all([
      queue.getJobCounts('waiting', 'prioritized'),
      queue.isPaused(),
      workers ? workers() : queue.getWorkers(),
    ]);
    const waiting = (counts.waiting ?? 0) + (counts.prioritized ?? 0);
    return { id, waiting, paused, workers: connected?.length };
  } catch (error) {
    return { id, waiting: 0, paused: false, error: String(error) };
  }
}

function when(queues: readonly string[], reason: string, more: object = {}): Warning[] {
  return queues.length === 0 ? [] : [{ reason, ...more, queues }];
}
