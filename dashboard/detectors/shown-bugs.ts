import { pagePath } from '../../catalog/page.ts';
import type { Metric } from '../../catalog/writeup/metrics.ts';
import type { Sight, Writeup } from '../../catalog/writeup/schema.ts';
import type { Detector } from './detector.ts';
import { newest, secondsAgo, type History } from './sample.ts';

/** A bug that may be behind an alert. */
export interface ShownBug {
  readonly bug: string;
  readonly title: string;
  readonly page: string;
  readonly fix: string;
  /** What else its write-up says is seen, beside what the detector saw, is seen too, all of it. */
  readonly allSeen: boolean;
}

/** The bugs that a detector shows: those of which a write-up says that its metrics show them. */
export function bugsOf(
  { metrics, alsoShows }: Pick<Detector, 'metrics' | 'alsoShows'>,
  writeups: readonly Writeup[],
): Writeup[] {
  return writeups.filter(
    ({ id, engine, seen }) =>
      engine === 'bullmq' &&
      (alsoShows.includes(id) || seen.some(({ metric }) => metrics.includes(metric))),
  );
}

/**
 * The bugs of a detector in view of what else is measured: one whose other sights contradict it is left
 * out, and those of which everything is seen come first.
 * @param subject of the alert: `queue:mail`.
 */
export function bugsShown(
  detector: Detector,
  { subject, queue }: { readonly subject: string; readonly queue?: string | undefined },
  history: History,
  writeups: readonly Writeup[],
): ShownBug[] {
  const about = { subject, queue };
  return bugsOf(detector, writeups)
    .flatMap(({ id, title, slug, fix, seen }) => {
      // What the detector itself saw is not asked again: its own window may be another.
      const others = seen.filter(({ metric }) => !detector.metrics.includes(metric));
      const hold = others.map((sight) => holds(sight, about, history));
      if (hold.includes(false)) return [];
      const allSeen = others.length > 0 && hold.every((one) => one === true);
      return [{ bug: id, title, page: pagePath(slug), fix: fix.summary, allSeen }];
    })
    .sort((a, b) => Number(b.allSeen) - Number(a.allSeen));
}

/** What lasts a moment: that it is not there now does not speak against a bug whose traces are. */
const transient: readonly Metric[] = [
  'queue.stalled',
  'worker.lock-renewals-failed',
  'worker.event-loop-delay-ms',
];

/** Whether a sight is seen now; undefined where it is not measured, or says nothing. */
function holds(
  sight: Sight,
  about: { readonly subject: string; readonly queue: string | undefined },
  history: History,
): boolean | undefined {
  const seen = isSeen(sight, about, history);
  return seen === false && transient.includes(sight.metric) ? undefined : seen;
}

function isSeen(
  { metric, is, forSeconds }: Sight,
  about: { readonly subject: string; readonly queue: string | undefined },
  history: History,
): boolean | undefined {
  const now = valueOf(metric, about, history);
  if (now === undefined) return undefined;
  const before = valueOf(metric, about, [secondsAgo(history, forSeconds ?? 60)]);
  if (is === 'rising') return before === undefined ? undefined : now > before;
  if (is === 'falling') return before === undefined ? undefined : now < before;
  if (is === 'steady') return before === undefined ? undefined : now === before;
  const [operator = '', number] = is.split(' ');
  const wanted = Number(number);
  switch (operator) {
    case '=':
      return now === wanted;
    case '!=':
      return now !== wanted;
    case '<':
      return now < wanted;
    case '<=':
      return now <= wanted;
    case '>':
      return now > wanted;
    default:
      return now >= wanted;
  }
}

/** What is measured under a name that write-ups use; undefined where it is not, or not of this subject. */
function valueOf(
  metric: Metric,
  { subject, queue }: { readonly subject: string; readonly queue: string | undefined },
  history: History,
): number | undefined {
  const { queues, workers, broker } = newest(history);
  const ofQueue = queues.find(({ id }) => id === queue);
  const mine = workers.filter(
    (worker) => `worker:${worker.id}` === subject || worker.queue === queue,
  );
  const sum = (of: (worker: (typeof mine)[number]) => number) =>
    mine.reduce((all, worker) => all + of(worker), 0);
  const values: Partial<Record<Metric, number | undefined>> = {
    'queue.waiting': ofQueue?.waiting,
    'queue.active': ofQueue?.active,
    'queue.delayed': ofQueue?.delayed,
    'queue.failed': ofQueue?.failed,
    'queue.completed': ofQueue?.completed,
    'queue.oldest-waiting-seconds': ofQueue?.oldestWaitingSeconds,
    'worker.listening': ofQueue?.listening,
    'worker.count': mine.length === 0 ? undefined : mine.length,
    'worker.children': mine.some(({ children }) => children !== undefined)
      ? sum(({ children }) => children ?? 0)
      : undefined,
    'queue.stalled': Math.max(
      ofQueue?.stalled ?? 0,
      sum(({ counts }) => counts.stalled),
    ),
    'worker.lock-renewals-failed': sum(({ counts }) => counts.lockRenewalsFailed),
    'worker.event-loop-delay-ms': Math.max(0, ...mine.map((one) => one.loopDelayMs)),
    'broker.memory-bytes': broker?.usedBytes,
    'broker.keys': broker?.keys,
    'broker.evicted-keys': broker?.evictedKeys,
    'broker.connections': broker?.connections,
  };
  return values[metric];
}
