import { expect, test } from 'vitest';
import { readWriteups } from '../../catalog/writeup/read.ts';
import { detectors } from './detectors.ts';
import type { BrokerSample, History, QueueSample, Sample, WorkerSample } from './sample.ts';
import { bugsOf, bugsShown } from './shown-bugs.ts';

const writeups = readWriteups();

const queue: QueueSample = {
  ...{ id: 'pumps', isPaused: false, waiting: 0, active: 1, delayed: 0, failed: 0, completed: 0 },
  ...{ listening: 1, stalled: 0, oldestWaitingSeconds: 0, recent: { completed: 50, failed: 0 } },
};
const worker: WorkerSample = {
  ...{ id: 'w1', queue: 'pumps', where: 'host:1', health: 'well', silentSeconds: 0 },
  ...{ loopDelayMs: 3, engine: '6.7.0', children: undefined },
  counts: { completed: 0, failed: 0, stalled: 0, lockRenewalsFailed: 0 },
};
const broker: BrokerSample = {
  ...{ usedBytes: 50, limitBytes: 100, policy: 'noeviction', evictedKeys: 0, keys: 9 },
  ...{ connections: 3, rejectedConnections: 0 },
};

interface Change {
  readonly queue?: Partial<QueueSample>;
  readonly worker?: Partial<WorkerSample>;
  readonly another?: Partial<WorkerSample>;
  readonly broker?: Partial<BrokerSample>;
}

const sample = (at: number, change: Change = {}): Sample => ({
  at,
  queues: [{ ...queue, ...change.queue }],
  workers: [
    { ...worker, ...change.worker },
    ...(change.another ? [{ ...worker, ...change.another }] : []),
  ],
  broker: { ...broker, ...change.broker },
});

/** The detectors that are on after a change, with the bugs that they show. */
function on(change: Change): Record<string, string[]> {
  const history: History = [sample(0), sample(5000), sample(10_000, change)];
  return Object.fromEntries(
    detectors.flatMap((detector) =>
      detector
        .read(history)
        .filter(({ value }) => value >= detector.thresholds.on)
        .map((reading) => [
          detector.name,
          bugsShown(detector, reading, history, writeups).map(({ bug }) => bug),
        ]),
    ),
  );
}

const counts = worker.counts;

test.for<{ name: string; change: Change; shows: Record<string, string[]> }>([
  { name: 'nothing is wrong', change: {}, shows: {} },
  {
    name: 'jobs wait, none is active, nobody listens',
    change: { queue: { waiting: 4, active: 0, listening: 0 } },
    shows: { 'backlog-without-workers': ['BUG-011', 'BUG-056', 'BUG-071'] },
  },
  {
    name: 'jobs wait for busy workers',
    change: { queue: { waiting: 4, listening: 0 } },
    shows: {},
  },
  {
    name: 'jobs wait in a paused queue',
    change: { queue: { waiting: 4, active: 0, listening: 0, isPaused: true } },
    shows: {},
  },
  {
    name: 'an active job has no lock, and jobs have failed',
    change: { queue: { stalled: 1, failed: 1 } },
    shows: { 'stalled-jobs': ['BUG-057', 'BUG-078', 'BUG-013', 'BUG-063'] },
  },
  {
    name: 'a worker finds a stalled job',
    change: { worker: { counts: { ...counts, stalled: 1 } } },
    shows: { 'stalled-jobs': ['BUG-057', 'BUG-013', 'BUG-063'] },
  },
  {
    name: 'locks are not renewed while keys disappear',
    change: { worker: { counts: { ...counts, lockRenewalsFailed: 1 } }, broker: { keys: 1 } },
    shows: { 'lock-renewals-failing': ['BUG-025', 'BUG-063'] },
  },
  {
    name: 'locks are not renewed, and the keys are there',
    change: { worker: { counts: { ...counts, lockRenewalsFailed: 1 } } },
    shows: { 'lock-renewals-failing': ['BUG-063'] },
  },
  {
    name: 'half of the jobs fail, while a worker gets more and more children',
    change: {
      queue: { failed: 60, recent: { completed: 50, failed: 60 } },
      worker: { children: 9 },
    },
    shows: { 'failure-rate': ['BUG-073', 'BUG-075', 'BUG-078'] },
  },
  {
    name: 'a few jobs fail',
    change: { queue: { recent: { completed: 0, failed: 4 } } },
    shows: {},
  },
  {
    name: 'a job waits for long',
    change: { queue: { waiting: 1, oldestWaitingSeconds: 1000 } },
    shows: { 'oldest-waiting-job': [] },
  },
  {
    name: 'the memory is nearly full',
    change: { broker: { usedBytes: 95 } },
    shows: { 'broker-memory': ['BUG-024', 'BUG-037'] },
  },
  {
    name: 'keys are thrown away',
    change: { broker: { evictedKeys: 3, policy: 'allkeys-lru' } },
    shows: { 'broker-memory': ['BUG-024', 'BUG-037'] },
  },
  {
    name: 'clients are turned away',
    change: { broker: { rejectedConnections: 2 } },
    shows: { 'broker-connections': ['BUG-054'] },
  },
  {
    name: 'a worker is silent',
    change: { worker: { health: 'silent', silentSeconds: 20 } },
    shows: { 'worker-silent': ['BUG-063'] },
  },
  {
    name: 'a loop is blocked',
    change: { worker: { health: 'blocked', loopDelayMs: 20_000 } },
    shows: { 'loop-blocked': ['BUG-013'] },
  },
  {
    name: 'workers run several versions',
    change: { another: { id: 'w2', engine: '6.6.0' } },
    shows: { 'version-skew': [] },
  },
])('$name', ({ change, shows }) => {
  expect(on(change)).toEqual(shows);
});

test('every bug that a detector names is written up, and off is never above on', () => {
  for (const detector of detectors) {
    const ids = bugsOf(detector, writeups).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([...detector.alsoShows]));
    expect(detector.thresholds.off).toBeLessThanOrEqual(detector.thresholds.on);
  }
});
