import path from 'node:path';
import type { Request } from 'express';
import { Refusal } from '../../worker/api/problem.ts';
import { sendCommand, workersOf, type WorkerCommand } from '../../worker/registry/workers-of.ts';
import type { Person } from '../access/person.ts';
import type { Feature } from '../feature.ts';
import type { Parts } from '../parts.ts';
import { Live } from '../live/live.ts';
import type { Route } from '../routes/route.ts';
import { applyingSchema, createApplying, kindSchema } from './applying.ts';
import { readAllWorkers, workersSchema, type Workers } from './snapshot.ts';
import { pageRoute } from '../pages/page-route.ts';

/** How often the workers are read while somebody watches them, in milliseconds. */
const everyMs = 2000;

/** Workers: who they are, how they are, and what they can be told. */
export function workersFeature({ queues, pages, writeups }: Parts): Feature {
  const live = new Live(() => readAllWorkers(queues), everyMs);
  const applying = createApplying(writeups);
  return {
    name: 'workers',
    navigation: { text: 'Workers', path: '/ops/workers' },
    browser: path.join(import.meta.dirname, 'browser'),
    start: () => ({
      [Symbol.asyncDispose]: () => {
        live[Symbol.dispose]();
        return Promise.resolve();
      },
    }),
    routes: [
      pageRoute(pages, '/ops/workers', {
        title: 'Workers',
        lead: 'Who works on which queue, as their heartbeats tell. One that falls silent leaves this list after five minutes.',
        script: 'workers/browser/workers.ts',
        style: 'workers/browser/workers.css',
      }),
      {
        method: 'get',
        path: '/ops/api/workers',
        role: 'viewer',
        handle: async (_request, response, { person }) => {
          response.json(viewOf(await readAllWorkers(queues), person));
        },
      },
      {
        method: 'get',
        path: '/ops/api/workers/events',
        role: 'viewer',
        handle: (request, response, { person }) => {
          live.stream(request, response, (state) => viewOf(state, person));
        },
      },
      {
        method: 'get',
        path: '/ops/api/workers/bugs',
        role: 'viewer',
        handle: async ({ query }, response) => {
          const kind = kindSchema.safeParse(query);
          if (!kind.success) {
            const asked = 'platform=linux&pool=solo&version=6.7.0';
            throw new Refusal(400, `expected ?${asked}, got ${JSON.stringify(query)}`);
          }
          response.json(applyingSchema.parse(await applying(kind.data)));
        },
      },
      ...commandRoutes(queues),
    ],
  };
}

/** What somebody may see: the workers of their queues. */
function viewOf({ workers, unjoined, unread }: Workers, { sees }: Person): Workers {
  return workersSchema.parse({
    workers: workers.filter(({ queueId }) => sees(queueId)),
    unjoined: unjoined.filter(({ queueId }) => sees(queueId)),
    unread: unread.filter(({ queueId }) => sees(queueId)),
  });
}

function commandRoutes(queues: Parts['queues']): Route[] {
  const worker = '/ops/api/queues/:queue/workers/:worker';
  const rows: readonly [WorkerCommand['action'], string, string][] = [
    ['pause', `${worker}/pause`, 'pause a worker'],
    ['resume', `${worker}/resume`, 'resume a worker'],
    ['stop', `${worker}/stop`, 'stop a worker'],
    ['cancel', `${worker}/jobs/:job/cancel`, 'cancel a job in its worker'],
  ];
  return rows.map(([action, where, audit]) => ({
    method: 'post',
    path: where,
    role: 'operator',
    audit,
    handle: async (request, response) => {
      const { job } = request.params;
      const id = await command(queues, request, {
        action,
        ...(typeof job === 'string' && { job }),
      });
      // What became of it comes with the worker's heartbeats, under this id.
      response.status(202).json({ id });
    },
  }));
}

async function command(
  queues: Parts['queues'],
  { params }: Request,
  wanted: WorkerCommand,
): Promise<string> {
  const [queue, worker] = [String(params.queue), String(params.worker)];
  const known = queues.find(queue);
  if (!known) throw new Refusal(404, `expected a queue of this broker, got "${queue}"`);
  const joined = await workersOf(known.queue);
  if (!joined.some(({ record }) => record.id === worker)) {
    throw new Refusal(
      404,
      `expected a worker that joined "${queue}", got "${worker}". It may have left: look at /ops/workers`,
    );
  }
  const id = await sendCommand(known.queue, worker, wanted);
  if (id === undefined) {
    throw new Refusal(
      409,
      'expected a worker without a command that waits; one is on its way to it. Try again in 15 seconds',
    );
  }
  return id;
}
