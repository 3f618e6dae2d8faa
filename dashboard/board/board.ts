import { createBullBoard } from '@bull-board/api';
import type { BeforeHook } from '@bull-board/api/dist/types.js';
import { ExpressAdapter } from '@bull-board/express';
import { Router, type Express, type RequestHandler } from 'express';
import { guardBoard } from '../access/guard/board-guard.ts';
import type { Masks } from '../access/masks.ts';
import type { Access } from '../access/access.ts';
import type { Probe } from '../health/probe.ts';
import type { Pages } from '../pages/page.ts';
import type { QueueDirectory } from '../queues/directory.ts';
import { answerBoardProblems, holdsPlaceholder, unknownToBoard } from './api-problems.ts';
import { appearance } from './appearance.ts';
import { GuardedAdapter } from './guarded-adapter.ts';
import type { KnownBugLink } from './known-bug-link.ts';
import { readBoardAssets, viewFolder } from './view.ts';

export interface BoardOptions {
  readonly queues: QueueDirectory;
  readonly knownBugLink: KnownBugLink;
  /** Asked before every look into a queue: Bull Board itself would wait for a broker that hangs. */
  readonly broker: Probe;
  /** What the bar says: where these jobs live. */
  readonly environment: string;
  /** By what the names of queues are grouped. Default: `:`, which stands after a prefix. */
  readonly delimiter?: string;
  readonly access: Access;
  readonly masks: Masks;
  readonly pages: Pages;
  /** Called with errors that nobody expected. */
  readonly onError?: (error: Error) => void;
}

/** Where the board is mounted. */
export const boardPath = '/board';

/** How many jobs of a list are sent at most, whatever is asked for. */
const jobsPerPageAtMost = 100;

/** The board, until it is disposed of: it follows queues as they come and go. */
export interface Board extends Disposable {
  readonly handler: RequestHandler;
}

/** Bull Board over the queues; a failed job whose error is known links to its bug. */
export function createBoard(options: BoardOptions): Board {
  const serverAdapter = new ExpressAdapter().setBasePath(boardPath);
  const adapters = new Map<string, GuardedAdapter>();
  const guard = guardBoard(options.access, options.masks);
  const board = createBullBoard({
    queues: [],
    serverAdapter,
    options: { uiConfig: appearance(), handlerHooks: guard.hooks(before(options.broker)) },
  });
  const refresh = () => {
    const known = options.queues.list();
    const next = known.map((queue) => {
      const kept = adapters.get(queue.id);
      if (kept?.shows(queue)) return kept;
      const adapter = new GuardedAdapter(queue, options.knownBugLink, options.delimiter ?? ':');
      guard.guard(adapter, queue.id);
      return adapter;
    });
    adapters.clear();
    for (const [index, adapter] of next.entries()) adapters.set(known[index]?.id ?? '', adapter);
    // First none: its map would keep those it knows in their old order.
    board.replaceQueues([]);
    board.setQueues(next);
  };
  refresh();
  const listening = options.queues.onChange(refresh);

  serverAdapter.setViewsPath(viewFolder);
  const app = (serverAdapter.getRouter() as Express).disable('x-powered-by');
  const handler = Router()
    .use('/api', answerBoardProblems(options.onError ?? (() => undefined)))
    .use(guard.handler, pageParts(options), app)
    .use(unknownToBoard());
  return {
    handler,
    [Symbol.dispose]: () => {
      listening[Symbol.dispose]();
    },
  };
}

/** What our view shows around Bull Board. */
function pageParts({ access, pages, environment }: BoardOptions): RequestHandler {
  const assets = readBoardAssets();
  return (request, response, next) => {
    const person = access.personOf(request);
    response.locals = {
      ...response.locals,
      assets,
      environment,
      navigation: person ? pages.navigationOf(person) : [],
    };
    next();
  };
}

function before(broker: Probe): BeforeHook {
  return async ({ request }) => {
    const query = request.query as Record<string, unknown>;
    for (const name of ['activeQueue', 'queueName']) query[name] = onceDecoded(query[name]);
    if (Number(query.jobsPerPage) > jobsPerPageAtMost)
      query.jobsPerPage = String(jobsPerPageAtMost);
    if (holdsPlaceholder(request.body)) {
      return {
        allow: false,
        status: 409,
        message:
          'This would write back what only stands in the place of data that is too large or broken. ' +
          'Change the job with a program that reads all of it.',
      };
    }
    const health = await broker();
    return health.status === 'down'
      ? // The type of its answers knows no 503.
        { allow: false, status: 503 as 500, message: `The broker is down: ${health.reason}` }
      : { allow: true };
  };
}

/** Bull Board decodes these once more, and throws at what is no encoding. No id of ours holds a `%`. */
function onceDecoded(value: unknown): unknown {
  return typeof value === 'string' && value.includes('%') ? encodeURIComponent(value) : value;
}
