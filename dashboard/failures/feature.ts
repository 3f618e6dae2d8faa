import path from 'node:path';
import { z } from 'zod';
import { repositoryIn } from '../../catalog/report/repository.ts';
import { Refusal } from '../../worker/api/problem.ts';
import type { Person } from '../access/person.ts';
import type { Feature } from '../feature.ts';
import type { Parts } from '../parts.ts';
import type { Action, Target } from '../jobs/act.ts';
import { actOnAll } from '../jobs/act-on-all.ts';
import { readFailure } from '../jobs/failures.ts';
import { readBody } from '../routes/read-body.ts';
import type { Route } from '../routes/route.ts';
import { groupOf, jobOf, listOf } from './answers.ts';
import { createEvents } from './events.ts';
import { createExplainer } from './explain.ts';
import { Looker } from './look.ts';
import { pageRoute } from '../pages/page-route.ts';

const api = '/ops/api/failures';

const page = {
  style: 'failures/browser/failures.css',
};

/** What is retried or removed of a group. */
const groupWrite = z.strictObject({
  /** Only failures up to then: what failed since nobody has seen. Epoch milliseconds. */
  before: z.number().int().positive(),
  /** Only of these queues; default: all. */
  queues: z.array(z.string()).min(1).optional(),
});

/** Failed jobs in groups of one kind, the bugs behind them, and what to do about them. */
export function failures(parts: Parts): Feature {
  const { queues, access, pages, knownBugs, workerOf } = parts;
  const looker = new Looker(queues);
  const explainer = createExplainer(knownBugs, workerOf, repositoryIn(process.env));
  const events = createEvents(looker);

  const findQueue = (id: string) => {
    const queue = queues.find(id);
    if (queue === undefined) throw new Refusal(404, `expected a queue of this broker, got "${id}"`);
    return queue;
  };
  const findGroup = async (id: string, person: Person) => {
    const look = await looker.look(person);
    const group = look.groups.find((one) => one.id === id);
    if (group) return { look, group };
    throw new Refusal(
      404,
      'expected a group of failures, got one that is no more: its jobs were retried or removed, ' +
        'or newer failures took their place',
    );
  };

  const writeGroup = (action: Extract<Action, 'retry' | 'remove'>): Route => {
    const words = `${action} a group of failures`;
    return {
      method: 'post',
      path: `${api}/groups/:group/${action}`,
      role: 'operator',
      audit: words,
      handle: async (request, response, { person }) => {
        const { before, queues: only } = await readBody(request, response, groupWrite);
        const { group } = await findGroup(String(request.params.group), person);
        const targets = group.failures
          .filter(({ failedAt, queue }) => failedAt <= before && (only?.includes(queue.id) ?? true))
          .map(({ queue, id, failedAt }): Target => ({ queue, id, failedAt, state: 'failed' }));
        await actOnAll(response, { action, words, targets, person, audit: access.audit });
      },
    };
  };
  const writeJob = (action: Extract<Action, 'retry' | 'remove'>): Route => {
    const words = `${action} a failed job`;
    return {
      method: 'post',
      path: `/ops/api/queues/:queue/failures/:job/${action}`,
      role: 'operator',
      audit: words,
      handle: async (request, response, { person }) => {
        const queue = findQueue(String(request.params.queue));
        const id = String(request.params.job);
        const failure = await readFailure(queue, id);
        if (failure === undefined) throw new Refusal(409, notFailed(id));
        const { failedAt } = failure;
        const targets: Target[] = [{ queue, id, failedAt, state: 'failed' }];
        await actOnAll(response, { action, words, targets, person, audit: access.audit });
      },
    };
  };

  return {
    name: 'failures',
    navigation: { text: 'Failures', path: '/ops/failures' },
    browser: path.join(import.meta.dirname, 'browser'),
    routes: [
      pageRoute(pages, '/ops/failures', {
        ...page,
        title: 'Failures',
        lead: 'Failed jobs of all queues, grouped by what they have in common.',
        script: 'failures/browser/failures.ts',
      }),
      pageRoute(pages, '/ops/failures/job', {
        ...page,
        title: 'A failed job',
        lead: 'What is known of its failure, and what to do about it.',
        script: 'failures/browser/job.ts',
      }),
      {
        method: 'get',
        path: api,
        role: 'viewer',
        handle: async (_request, response, { person }) => {
          const look = await looker.look(person);
          if (look.windows.length === 0 && look.problems.length > 0) {
            throw new Refusal(503, `No queue can be read: ${look.problems[0]?.says ?? ''}`);
          }
          response.json(await listOf(look, explainer));
        },
      },
      {
        method: 'get',
        path: `${api}/events`,
        role: 'viewer',
        handle: (request, response, { person }) => events(request, response, person),
      },
      {
        method: 'get',
        path: `${api}/groups/:group`,
        role: 'viewer',
        handle: async (request, response, { person }) => {
          const { look, group } = await findGroup(String(request.params.group), person);
          response.json(await groupOf(group, look, explainer));
        },
      },
      {
        method: 'get',
        path: '/ops/api/queues/:queue/failures/:job',
        role: 'viewer',
        handle: async (request, response) => {
          const id = String(request.params.job);
          const job = await jobOf(findQueue(String(request.params.queue)), id, explainer);
          if (job === undefined) throw new Refusal(404, notFailed(id));
          response.json(job);
        },
      },
      writeGroup('retry'),
      writeGroup('remove'),
      writeJob('retry'),
      writeJob('remove'),
    ],
  };
}

function notFailed(id: string): string {
  return `expected a failed job, got "${id}", which is not failed or is no more`;
}
