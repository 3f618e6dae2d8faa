import type { Writeup } from '../catalog/writeup/schema.ts';
import { defaultSettings, type AlertSettings } from './alerts/config.ts';
import { detectors } from './detectors/detectors.ts';
import express, { type Express, type RequestHandler } from 'express';
import { boardPath, createBoard } from './board/board.ts';
import { boardFolder } from './board/view.ts';
import type { KnownBugLink } from './board/known-bug-link.ts';
import type { KnownBugs } from './known-bugs/known-bugs.ts';
import { registeredWorkers, type WorkerOf } from './known-bugs/worker-of.ts';
import type { DocsSite } from './docs/docs-site.ts';
import { createHealthRouter } from './health/health-router.ts';
import type { Probe } from './health/probe.ts';
import type { Feature } from './feature.ts';
import { features } from './features.ts';
import { Pages } from './pages/page.ts';
import { serveStaticFiles } from './pages/static-files.ts';
import type { Parts } from './parts.ts';
import type { QueueDirectory } from './queues/directory.ts';
import { mountRoutes } from './routes/mount.ts';
import { answerProblems, sendProblem } from '../worker/api/problem.ts';
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
  /** What is known of the worker that had a job. Default: what the registry of workers says. */
  readonly workerOf?: WorkerOf;
  /** The documented bugs. Default: none. */
  readonly writeups?: readonly Writeup[];
  /** What is looked for, and who is told. Default: everything, and nobody. */
  readonly alerts?: AlertSettings;
  /** What `/healthz` reports on. */
  readonly probes: Readonly<{ broker: Probe } & Record<string, Probe>>;
  /** What the board asks before it looks into a queue. Default: the broker's probe. */
  readonly answers?: Probe;
  readonly docs: DocsSite;
  /** What the board's bar says: where the jobs live. */
  readonly environment: string;
  /** By what the board groups the names of queues. Default: `:`. */
  readonly delimiter?: string;
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
  const parts: Parts = {
    queues: options.queues,
    access,
    masks,
    pages,
    knownBugs: options.knownBugs,
    workerOf: options.workerOf ?? registeredWorkers(options.queues),
    writeups: options.writeups ?? [],
    alerts: options.alerts ?? defaultSettings(detectors),
    onError: options.onError ?? (() => undefined),
  };
  const present = features.map((create) => create(parts));
  pages.addToNavigation(present.flatMap(({ navigation }) => navigation ?? []));
  const stack = new AsyncDisposableStack();
  app.use(securityHeaders(), requireKnownHost(options.hosts), refuseForeignWrites);
  app.use(access.handler(pages));
  app.use(createHealthRouter(options.probes, access));
  app.use(serveStaticFiles({ ...browserFolders(present), board: boardFolder }));
  for (const { routes, start } of present) {
    app.use(mountRoutes(routes, access));
    if (start) stack.use(start());
  }
  const board = createBoard({
    ...options,
    access,
    masks,
    pages,
    broker: options.answers ?? options.probes.broker,
  });
  stack.use(board);
  app.use(boardPath, board.handler);
  app.use('/ops', unknownPath);
  app.use(guardApi(access, () => importsId(options.queues)));
  if (options.api) app.use(options.api);
  // Starlight's pages carry small inline scripts, and their search is WebAssembly.
  app.use(securityHeaders(["'unsafe-inline'", "'wasm-unsafe-eval'"]), options.docs.handler);
  // Express would show the stack of what nobody expected.
  app.use(answerProblems(options.onError ?? (() => undefined)));
  return { app, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** Below /ops/ every page and answer is a row of the table: the docs have none there. */
const unknownPath: RequestHandler = (request, response) => {
  sendProblem(response, 404, `expected a path of this dashboard, got ${request.originalUrl}`);
};

function browserFolders(present: readonly Feature[]): Record<string, string> {
  return Object.fromEntries(
    present.flatMap(({ name, browser }) => (browser === undefined ? [] : [[name, browser]])),
  );
}

function importsId(queues: QueueDirectory): string {
  return queues.list().find(({ name }) => name === importsQueue)?.id ?? importsQueue;
}
