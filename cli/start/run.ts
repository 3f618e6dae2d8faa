import path from 'node:path';
import { projectRoot } from '../../catalog/project.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';
import { openAccess } from '../../dashboard/access/access.ts';
import { openAuditLog } from '../../dashboard/audit/audit-log.ts';
import { createKnownBugLink } from '../../dashboard/board/known-bug-link.ts';
import { createKnownBugs } from '../../dashboard/known-bugs/known-bugs.ts';
import { createDashboard } from '../../dashboard/dashboard.ts';
import { createDocsSite } from '../../dashboard/docs/docs-site.ts';
import { createProbe } from '../../dashboard/health/probe.ts';
import { createExplainer } from '../../dashboard/health/explain.ts';
import {
  probeAnswer,
  probeCondition,
  probeQueues,
  probeWorker,
} from '../../dashboard/health/queue-probes.ts';
import { readBrokerUrl } from '../../dashboard/queues/broker-url.ts';
import { findQueues } from '../../dashboard/queues/found-directory.ts';
import { takeAddress } from '../../dashboard/server/address.ts';
import { openImportService } from '../../worker/api/import-service.ts';
import { createImportsRouter } from '../../worker/api/imports-router.ts';
import { brokerAt } from '../../worker/broker/broker.ts';
import { startLiveWorker } from '../../worker/live-worker.ts';
import { startEmbeddedPostgres } from '../../worker/postgres/embedded.ts';
import { auditFile } from '../dashboard/access.ts';
import { importsQueue } from '../../worker/queue/import-job.ts';
import { postgresSchema, redisPrefix } from '../../worker/settings.ts';
import { dataDir } from './data-dir.ts';
import { databaseUrl as databaseUrlOf } from './database-url.ts';
import { publishDocs } from './docs/publish.ts';
import { environmentOf } from './environment.ts';
import { untilStopped } from './lost-database.ts';
import { sayOnce, type Reporter } from './reporter.ts';
import { importSamples } from './samples.ts';
import { becomeSoleStart } from './sole-start.ts';

export interface Start {
  readonly broker: string | undefined;
  readonly port: number | undefined;
  /** Aborted to stop everything. */
  readonly signal: AbortSignal;
  readonly report: Reporter;
}

/**
 * Brings everything up behind one address, prints it, and runs until the signal comes; then takes
 * everything down again.
 * @throws BadInput for a port, a broker or a folder that cannot be had.
 * @throws what aborted the signal, when it came before everything was up.
 */
export async function runStart({ broker, port, signal, report }: Start): Promise<void> {
  // Tells of a URL that is no broker's before anything slow is started.
  if (broker !== undefined) brokerAt(broker);
  const folder = dataDir();
  await using stack = new AsyncDisposableStack();
  const sole = stack.use(await becomeSoleStart(folder));
  const address = stack.use(await takeAddress({ port }));

  const startEmbedded = () => startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres') });
  const given = databaseUrlOf();
  const embedded =
    given === undefined
      ? stack.use(await report.step('database', 'starting', startEmbedded))
      : undefined;
  const databaseUrl = given ?? embedded?.url ?? '';
  signal.throwIfAborted();

  const brokerUrl = broker ?? databaseUrl;
  const connection = {
    brokerUrl,
    databaseUrl,
    onError: sayOnce(report, 'broker'),
    onDatabaseDown: sayOnce(report, 'database'),
    signal,
  };
  const service = stack.use(await openImportService(connection));
  const worker = stack.use(
    await report.step('worker', 'starting', () => startLiveWorker(connection)),
  );
  report.say('worker', `pool ${worker.pool}, ${worker.concurrency} at once`);
  signal.throwIfAborted();

  const docs = createDocsSite('The docs are being built. They appear here by themselves.');
  const brokerAddress = readBrokerUrl(brokerUrl);
  const prefix = brokerAddress.kind === 'postgres' ? postgresSchema : redisPrefix;
  const queues = stack.use(findQueues(brokerAddress, { first: { prefix, name: importsQueue } }));
  const writeups = readWriteups();
  const explainer = createExplainer(writeups);
  const dashboard = createDashboard({
    queues,
    knownBugLink: createKnownBugLink(writeups),
    knownBugs: createKnownBugs(writeups),
    writeups,
    probes: {
      broker: probeCondition(queues.source, explainer),
      database: createProbe(() => service.database.pool.query('select 1')),
      worker: probeWorker(service.queue),
      queues: probeQueues(queues, explainer),
    },
    answers: probeAnswer(queues.source),
    docs,
    environment: environmentOf(broker ?? databaseUrlOf()),
    hosts: [],
    api: createImportsRouter(service),
    access: { ...openAccess(), ...openAuditLog(auditFile()) },
    onError: sayOnce(report, 'server'),
  });
  stack.use(dashboard);
  stack.use(address.serve(dashboard.app));
  await Promise.all([
    importSamples({ dir: path.join(projectRoot, 'worker', 'samples'), service, signal, report }),
    publishDocs(docs, { projectRoot, docsDir: path.join(folder, 'docs'), signal, report }),
  ]);

  await sole.announce(address.url);
  printAddress(address.url);
  await untilStopped(signal, embedded, report);
  report.say('stopping', '…');
}

function printAddress(url: string): void {
  process.stdout.write(`
  poolproof runs at ${url}

    docs       ${url}/
    board      ${url}/board/
    imports    ${url}/imports
    positions  ${url}/positions?portfolio=sample
    health     ${url}/healthz

  Ctrl-C stops everything.
`);
}
