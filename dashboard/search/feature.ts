import path from 'node:path';
import { z } from 'zod';
import { Refusal } from '../../worker/api/problem.ts';
import type { Person } from '../access/person.ts';
import type { Feature } from '../feature.ts';
import type { Action, Target } from '../jobs/act.ts';
import { actOnAll } from '../jobs/act-on-all.ts';
import type { Mask } from '../jobs/mask.ts';
import { titleOf } from '../jobs/job-queue.ts';
import type { State } from '../jobs/scanned-job.ts';
import type { Parts } from '../parts.ts';
import { readBody } from '../routes/read-body.ts';
import type { Route } from '../routes/route.ts';
import { readFilter, readFilterText, type Filter } from './filter.ts';
import { search, type Found, type Match } from './search.ts';
import { foundShape, type FoundAnswer } from './shapes.ts';
import { pageRoute } from '../pages/page-route.ts';

const api = '/ops/api/search';
/** Jobs that one answer lists. */
const mostListed = 200;

const bulkBody = z.strictObject({
  /** The filter as it stands in the address. */
  query: z.string().max(4000),
  /** How many jobs somebody agreed to: with more nothing is done. */
  expected: z.number().int().nonnegative(),
  /** Only jobs that were added by then. Epoch milliseconds. */
  before: z.number().int().positive(),
});

/** The states in which something can be done to a job. */
const suits: Readonly<Record<Action, (state: State) => boolean>> = {
  retry: (state) => state === 'failed',
  promote: (state) => state === 'delayed',
  // A worker has an active job.
  remove: (state) => state !== 'active',
};

/** Jobs of all queues by id, name, state, time and data, and what to do to those that match. */
export function searchJobs({ queues, access, pages, masks }: Parts): Feature {
  const mask: Mask = (part, value) => masks.apply(part, value);
  const visible = (person: Person) => queues.list().filter(({ id }) => person.sees(id));
  const chosen = (person: Person, filter: Filter) => {
    const all = visible(person);
    if (filter.queues.length === 0) return all;
    return filter.queues.map((id) => {
      const queue = all.find((one) => one.id === id);
      if (queue) return queue;
      throw new Refusal(400, `expected a queue of this broker, got "${id}"`);
    });
  };

  const bulk = (action: Action): Route => {
    const words = `${action} the jobs of a search`;
    return {
      method: 'post',
      path: `${api}/${action}`,
      role: 'operator',
      audit: words,
      handle: async (request, response, { person }) => {
        const { query, expected, before } = await readBody(request, response, bulkBody);
        // Times such as 15m were told from when somebody looked.
        const filter = readFilterText(query, before);
        const { matches } = await search(chosen(person, filter), filter, mask);
        const targets = matches
          .filter(({ addedAt, state }) => addedAt <= before && suits[action](state))
          .map(targetOf);
        if (targets.length > expected) {
          throw new Refusal(
            409,
            `expected ${expected} jobs at most, got ${targets.length}: some came to match since. ` +
              'Search again, then agree to the new number',
            { matched: targets.length },
          );
        }
        await actOnAll(response, { action, words, targets, person, audit: access.audit });
      },
    };
  };

  return {
    name: 'search',
    navigation: { text: 'Search', path: '/ops/search' },
    browser: path.join(import.meta.dirname, 'browser'),
    routes: [
      pageRoute(pages, '/ops/search', {
        title: 'Search',
        lead: 'Jobs of all queues by id, name, state, time and the fields of their data.',
        script: 'search/browser/search.ts',
        style: 'search/browser/search.css',
      }),
      {
        method: 'get',
        path: api,
        role: 'viewer',
        handle: async (request, response, { person }) => {
          const at = Date.now();
          const filter = readFilter({ ...request.query }, at);
          const found = await search(chosen(person, filter), filter, mask);
          const choices = visible(person).map((queue) => ({ id: queue.id, title: titleOf(queue) }));
          response.json(answerOf(found, filter, at, choices));
        },
      },
      bulk('retry'),
      bulk('remove'),
      bulk('promote'),
    ],
  };
}

function targetOf({ queue, id, state, finishedAt }: Match): Target {
  return {
    queue,
    id,
    state,
    ...(state === 'failed' && finishedAt !== undefined && { failedAt: finishedAt }),
  };
}

function answerOf(
  { matches, looked, tooLong, unreadable, stopped }: Found,
  filter: Filter,
  at: number,
  choices: FoundAnswer['choices'],
): FoundAnswer {
  const byState = Map.groupBy(matches, ({ state }) => state);
  return foundShape.parse({
    at,
    look: filter.look,
    lookedAt: looked.reduce((sum, one) => sum + one.lookedAt, 0),
    total: looked.reduce((sum, one) => sum + one.total, 0),
    matched: matches.length,
    byState: Object.fromEntries([...byState].map(([state, jobs]) => [state, jobs.length])),
    queues: looked
      .filter(({ lookedAt, total, problem }) => lookedAt < total || problem !== undefined)
      .map(({ queue, lookedAt, total, problem }) => ({
        title: titleOf(queue),
        lookedAt,
        total,
        problem: problem ?? null,
      })),
    tooLong,
    unreadable,
    stopped: stopped ?? null,
    jobs: matches.slice(0, mostListed).map(({ queue, id, finishedAt, fields, ...job }) => ({
      ...job,
      queue: queue.id,
      queueTitle: titleOf(queue),
      queueName: queue.name,
      job: id,
      finishedAt: finishedAt ?? null,
      fields: [...fields],
    })),
    choices,
  } satisfies FoundAnswer);
}
