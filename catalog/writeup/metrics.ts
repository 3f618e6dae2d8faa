/**
 * What can be observed of a failure that prints nothing. A write-up names them under `seen`, and
 * detectors read the same names. One that is missing is a line here.
 */
export const metrics = {
  'queue.waiting': 'Jobs that no worker has taken.',
  'queue.active': 'Jobs that a worker has taken and not finished.',
  'queue.unacknowledged': 'Messages that a worker holds and has not acknowledged.',
  'queue.delayed': 'Jobs whose time has not come.',
  'queue.prioritized': 'Waiting jobs that have a priority.',
  'queue.waiting-children': 'Parents that wait for their children.',
  'queue.paused': 'Jobs that wait in a paused queue.',
  'queue.completed': 'Jobs that were completed.',
  'queue.failed': 'Jobs that failed for good.',
  'queue.stalled': 'Jobs that were found without a lock.',
  'queue.oldest-waiting-seconds': 'How long the oldest waiting job has waited.',
  'queue.schedulers': 'Repeating jobs that are scheduled.',
  'job.runs': 'How often one and the same job was begun.',
  'job.attempts': 'Attempts that one job has used up.',
  'job.seconds': 'How long one job has run.',
  'job.late-seconds': 'How long after its time a job was begun.',
  'worker.count': 'Workers that the broker knows of.',
  'worker.listening': 'Connections that wait for jobs at the broker.',
  'worker.silent-seconds': 'How long a worker has not been heard of.',
  'worker.children': 'Processes of a pool.',
  'worker.orphans': 'Processes of a pool whose worker is gone.',
  'worker.cpu-percent': 'CPU that a process of a worker takes.',
  'worker.memory-bytes': 'Memory that a process of a worker takes.',
  'worker.open-files': 'Files and sockets that a process of a worker holds.',
  'worker.event-loop-delay-ms': 'How long the event loop of a worker is held up.',
  'worker.lock-renewals-failed': 'Locks that a worker could not renew.',
  'broker.memory-bytes': 'Memory that the broker takes.',
  'broker.evicted-keys': 'Keys that the broker has thrown away because its memory was full.',
  'broker.expired-keys': 'Keys that ran out.',
  'broker.keys': 'Keys in the broker.',
  'broker.connections': 'Clients that are connected to the broker.',
  'broker.rejected-connections': 'Clients that the broker turned away.',
  'broker.latency-ms': 'How long the broker takes to answer.',
  'broker.commands-per-second': 'Commands that the broker gets.',
} as const;

export type Metric = keyof typeof metrics;
export const metricNames = Object.keys(metrics) as [Metric, ...Metric[]];
