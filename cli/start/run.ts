import { once } from 'node:events';
import path from 'node:path';
import { projectRoot } from '../../catalog/project.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';
import { createKnownBugLink } from '../../dashboard/board/known-bug-link.ts';
import { createDashboard } from '../../dashboard/dashboard.ts';
import { createDocsSite } from '../../dashboard/docs/docs-site.ts';
import { pingPostgres } from '../../dashboard/health/ping-postgres.ts';
import { createProbe } from '../../dashboard/health/probe.ts';
import { takeAddress } from '../../dashboard/server/address.ts';
import { startEmbeddedPostgres } from '../../worker/postgres/embedded.ts';
import { dataDir } from './data-dir.ts';
import { databaseUrl } from './database-url.ts';
import { publishDocs } from './docs/publish.ts';
import type { Reporter } from './reporter.ts';
import { claimSoleStart } from './sole-start.ts';

export interface Start {
  readonly broker: string | undefined;
  readonly port: number | undefined;
  /** Aborted to stop everything. */
  readonly signal: AbortSignal;
  readonly report: Reporter;
}

/**
 * Brings everything up, prints the address, and takes everything down again when the signal comes.
 * @throws what aborted the signal, once everything is stopped.
 */
export async function runStart({ broker, port, signal, report }: Start): Promise<never> {
  await using stack = new AsyncDisposableStack();
  const folder = dataDir();
  const sole = stack.use(await claimSoleStart(folder));
  const address = stack.use(await takeAddress({ port }));
  const database =
    databaseUrl() ??
    stack.use(
      await report.step('database', 'starting the embedded PostgreSQL', () =>
        startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres') }),
      ),
    ).url;
  signal.throwIfAborted();

  const docs = createDocsSite('The docs are being built. They appear here by themselves.');
  address.serve(
    createDashboard({
      queues: [],
      knownBugLink: createKnownBugLink(readWriteups()),
      probes: { broker: createProbe(() => pingPostgres(database)) },
      docs,
      environment: broker ?? 'embedded PostgreSQL',
      hosts: [],
    }),
  );
  await publishDocs(docs, {
    projectRoot,
    docsDir: path.join(folder, 'docs'),
    signal,
    report,
  });
  await sole.announce(address.url);
  process.stdout.write(
    [
      '',
      `  poolproof runs at ${address.url}`,
      '',
      `    docs    ${address.url}/`,
      `    board   ${address.url}/board/`,
      `    health  ${address.url}/healthz`,
      '',
      '  Ctrl-C stops everything.',
      '',
    ].join('\n'),
  );
  if (!signal.aborted) await once(signal, 'abort');
  report.say('stopping', '…');
  signal.throwIfAborted();
  throw new Error('unreachable');
}
