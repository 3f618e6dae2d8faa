import express, { type Express, type RequestHandler } from 'express';
import { boardPath, createBoard } from './board/board.ts';
import type { KnownBugLink } from './board/known-bug-link.ts';
import type { KnownBugs } from './known-bugs/known-bugs.ts';
import { unknownWorker, type WorkerOf } from './known-bugs/worker-of.ts';
import type { DocsSite } from './docs/docs-site.ts';
import { createHealthRouter } from './health/health-router.ts';
import type { Probe } from './health/probe.ts';
import type { Feature } from './feature.ts';
import { features } from './features.ts';
import { Pages } from './pages/page.ts';
import { serveStaticFiles } from './pages/static-files.ts';
import type { QueueDirectory } from './queues/directory.ts';
import { mountRoutes } from './routes/mount.ts';
import { answerProblems } from '../worker/api/problem.ts';
import { openAccess, type Access } from './access/access.ts';
import { guardApi } from './access/guard/api-guard.ts';
import { createMasks, type Masks } from './access/masks.ts';
import { importsQueue } from '../worker/queue/import-job.ts';
import { securityHeaders } from './security/headers.ts';
import { requireKnownHost } from './security/known-hosts.ts';
import { refuseForeignWrites } from './security/own-writes.ts';

export interface DashboardOptions {
  readonly queues: QueueDirectory;
  /** Who may do what. Default: whoever reaches the address may do everything. */
  readonly access?: Access;
  /** Fields of jobs that nobody is shown. Default: none. */
  readonly masks?: Masks;
  readonly knownBugLink: KnownBugLink;
  readonly knownBugs: KnownBugs;
  /** What is known of the worker that had a job. Default: nothing. */
  readonly workerOf?: WorkerOf;
  /** What `/healthz` reports on. The board asks the broker's before it looks into a queue. */
  readonly probes: Readonly<{ broker: Probe } & Record<string, Probe>>;
  readonly docs: DocsSite;
  /** What the board's badge says: where the jobs live. */
  readonly environment: string;
  /** Names by which the address is reached, beside localhost and any IP address. */
  readonly hosts: readonly string[];
  /** Served beside the board: the imports of a live worker. */
  readonly api?: RequestHandler;
  /** Called with errors that nobody expected. */
  readonly onError?: (error: Error) => void;
}

/** A dashboard: its handler, and what goes on beside requests, until disposal. */
export interface Dashboard extends AsyncDisposable {
  readonly app: Express;
}

/**
 * Everything behind one address: docs at `/`, the board at `/board`, health at `/healthz`, and what
 * the features bring at `/ops`.
 */
export function createDashboard(options: DashboardOptions): Dashboard {
  const access = options.access ?? openAccess();
  const masks = options.masks ?? createMasks([]);
  const app = express().disable('x-powered-by').set('trust proxy', access.trusts);
  const pages = new Pages();
  const { queues, knownBugs, workerOf = unknownWorker } = options;
  const parts = { queues, access, masks, pages, knownBugs, workerOf };
  const present = features.map((create) => create(parts));
  pages.addToNavigation(present.flatMap(({ navigation }) => navigation ?? []));
  const stack = new AsyncDisposableStack();
  app.use(securityHeaders(), requireKnownHost(options.hosts), refuseForeignWrites);
  app.use(access.handler(pages));
  app.use(createHealthRouter(options.probes, (request) => access.personOf(request) !== undefined));
  app.use(serveStaticFiles(browserFolders(present)));
  for (const { routes, start } of present) {
    app.use(mountRoutes(routes, access));
    if (start) stack.use(start());
  }
  app.use(
    boardPath,
    createBoard({
      ...options,
      access,
      masks,
      queues: queues.list(),
      broker: options.probes.broker,
    }),
  );
  app.use(guardApi(access, () => importsId(options.queues)));
  if (options.api) app.use(options.api);
  // Starlight's pages carry small inline scripts, and their search is WebAssembly.
  app.use(securityHeaders(["'unsafe-inline'", "'wasm-unsafe-eval'"]), options.docs.handler);
  // Express would show the stack of what nobody expected.
  app.use(answerProblems(options.onError ?? (() => undefined)));
  return { app, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

function browserFolders(present: readonly Feature[]): Record<string, string> {
  return Object.fromEntries(
    present.flatMap(({ name, browser }) => (browser === undefined ? [] : [[name, browser]])),
  );
}

function importsId(queues: QueueDirectory): string {
  return queues.list().find(({ name }) => name === importsQueue)?.id ?? importsQueue;
}
