import type { Queue } from 'bullmq';
import express, { type Express, type RequestHandler } from 'express';
import { boardPath, createBoard } from './board/board.ts';
import type { KnownBugLink } from './board/known-bug-link.ts';
import type { DocsSite } from './docs/docs-site.ts';
import { createHealthRouter } from './health/health-router.ts';
import type { Probe } from './health/probe.ts';
import { answerProblems } from '../worker/api/problem.ts';
import { securityHeaders } from './security/headers.ts';
import { requireKnownHost } from './security/known-hosts.ts';
import { refuseForeignWrites } from './security/own-writes.ts';

export interface DashboardOptions {
  /** The queues on the board. */
  readonly queues: readonly Queue[];
  readonly knownBugLink: KnownBugLink;
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

/** Everything behind one address: docs at `/`, the board at `/board`, health at `/healthz`. */
export function createDashboard(options: DashboardOptions): Express {
  const app = express().disable('x-powered-by');
  app.use(requireKnownHost(options.hosts), refuseForeignWrites);
  app.use(createHealthRouter(options.probes));
  app.use(boardPath, securityHeaders(), createBoard({ ...options, broker: options.probes.broker }));
  if (options.api) app.use(options.api);
  // Starlight's pages carry small inline scripts, and their search is WebAssembly.
  app.use(securityHeaders(["'unsafe-inline'", "'wasm-unsafe-eval'"]), options.docs.handler);
  // Express would show the stack of what nobody expected.
  app.use(answerProblems(options.onError ?? (() => undefined)));
  return app;
}
