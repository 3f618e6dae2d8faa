import type { Response } from 'express';
import pLimit from 'p-limit';
import type { Access } from '../access/access.ts';
import type { Person } from '../access/person.ts';
import { act, type Action, type Outcome, type Target } from './act.ts';

/** Jobs that one request does something to; what is left is told, and asked for again. */
const mostTargets = 10_000;
/** Jobs at once: more would only wait in the connection. */
const atOnce = 16;
/** Ids in one entry of the audit log. */
const audited = 200;

/** What is told line by line while it is done: JSON, a line each. */
export type Told =
  | { readonly tells: 'start'; readonly jobs: number; readonly left: number }
  | ({ readonly tells: 'job' } & Outcome)
  | ({ readonly tells: 'end'; readonly notDone: number } & Tally);

type Tally = Record<Outcome['outcome'], number>;

interface Bulk {
  readonly action: Action;
  /** The words of the audit log. */
  readonly words: string;
  readonly targets: readonly Target[];
  readonly person: Person;
  readonly audit: Access['audit'];
}

/**
 * Does something to many jobs and answers with what came of each, as it comes about. When the client
 * goes away, the jobs that were not begun stay as they are. Which jobs it was is kept in the audit log.
 */
export async function actOnAll(response: Response, bulk: Bulk): Promise<void> {
  const { action, targets } = bulk;
  const chosen = targets.slice(0, mostTargets);
  response.set({
    'Content-Type': 'application/x-ndjson; charset=utf-8',
    'Cache-Control': 'no-store',
    // Proxies would else collect the lines.
    'X-Accel-Buffering': 'no',
  });
  const tell = (told: Told) => response.write(`${JSON.stringify(told)}\n`);
  tell({ tells: 'start', jobs: chosen.length, left: targets.length - chosen.length });
  const isGone = () => response.destroyed;
  const outcomes: Outcome[] = [];
  const limit = pLimit(atOnce);
  await Promise.all(
    chosen.map((target) =>
      limit(async () => {
        if (isGone()) return;
        const outcome = await act(action, target);
        outcomes.push(outcome);
        if (!isGone()) tell({ tells: 'job', ...outcome });
      }),
    ),
  );
  await keep(bulk, outcomes);
  const tally: Tally = { done: 0, moved: 0, gone: 0, failed: 0 };
  for (const { outcome } of outcomes) tally[outcome] += 1;
  tell({ tells: 'end', ...tally, notDone: chosen.length - outcomes.length });
  response.end();
}

/** One entry for the jobs of a queue that came to the same; several where there are many. */
async function keep({ person, words, audit }: Bulk, outcomes: readonly Outcome[]): Promise<void> {
  const same = Map.groupBy(outcomes, ({ queue, outcome }) => `${outcome} ${queue}`);
  for (const [first, ...others] of same.values()) {
    if (first === undefined) continue;
    const jobs = [first, ...others].map(({ job }) => job);
    for (let start = 0; start < jobs.length; start += audited) {
      await audit({
        at: new Date(),
        person: person.name,
        action: `${words}: ${first.outcome}`,
        queue: first.queue,
        subject: jobs.slice(start, start + audited).join(' '),
        status: first.outcome === 'failed' ? 500 : 200,
      });
    }
  }
}
