import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { ExternalJobUrl, QueueJobJson } from '@bull-board/api/dist/types.js';
import { ExpressAdapter } from '@bull-board/express';
import { Router, type RequestHandler } from 'express';
import { guardBoard } from '../access/guard/board-guard.ts';
import type { Access } from '../access/access.ts';
import type { Masks } from '../access/masks.ts';
import type { Probe } from '../health/probe.ts';
import type { KnownQueue } from '../queues/directory.ts';
import { appearance } from './appearance.ts';
import type { KnownBugLink } from './known-bug-link.ts';

export interface BoardOptions {
  readonly queues: readonly KnownQueue[];
  readonly access: Access;
  readonly masks: Masks;
  readonly knownBugLink: KnownBugLink;
  /** Asked before every look into a queue: Bull Board itself would wait for a broker that hangs. */
  readonly broker: Probe;
  /** What the badge says: where these jobs live. */
  readonly environment: string;
}

/** Where the board is mounted. */
export const boardPath = '/board';

/** Bull Board over the queues; a failed job whose error is known links to its bug. */
export function createBoard(options: BoardOptions): RequestHandler {
  const serverAdapter = new ExpressAdapter().setBasePath(boardPath);
  // Typed as if every job had a link; a job for which there is none is shown without.
  const link = options.knownBugLink as (job: QueueJobJson, queue: string) => ExternalJobUrl;
  const guard = guardBoard(options.access, options.masks);
  createBullBoard({
    queues: options.queues.map(({ id, queue }) => {
      const adapter = new BullMQAdapter(queue, {
        externalJobUrl: (job) => link(job, id),
      });
      guard.guard(adapter, id);
      return adapter;
    }),
    serverAdapter,
    options: {
      uiConfig: appearance(options.environment),
      handlerHooks: guard.hooks(async () => {
        const health = await options.broker();
        return health.status === 'up'
          ? undefined
          : {
              allow: false,
              status: 500,
              errorKey: 'ERRORS.INTERNAL_SERVER_ERROR',
              message: `The broker is down: ${health.reason}`,
            };
      }),
    },
  });
  return Router().use(guard.handler, serverAdapter.getRouter() as RequestHandler);
}
