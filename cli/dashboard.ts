import { once } from 'node:events';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BadInput } from '../catalog/problem/bad-input.ts';
import { projectRoot } from '../catalog/project.ts';
import { readWriteups } from '../catalog/writeup/read.ts';
import { createKnownBugLink } from '../dashboard/board/known-bug-link.ts';
import { readAlertSettings } from '../dashboard/alerts/config.ts';
import { detectors } from '../dashboard/detectors/detectors.ts';
import { createKnownBugs } from '../dashboard/known-bugs/known-bugs.ts';
import { createDashboard } from '../dashboard/dashboard.ts';
import { createDocsSite, type DocsSite } from '../dashboard/docs/docs-site.ts';
import { createExplainer } from '../dashboard/health/explain.ts';
import { probeAnswer, probeCondition, probeQueues } from '../dashboard/health/queue-probes.ts';
import { describeBroker, readBrokerUrl } from '../dashboard/queues/broker-url.ts';
import { findQueues } from '../dashboard/queues/found-directory.ts';
import { takeAddress } from '../dashboard/server/address.ts';
import { keepYoungHeapSmall } from '../dashboard/server/small-heap.ts';
import type { Configure } from './command.ts';
import {
  addAccessOptions,
  openTypedAccess,
  refuseOpenAddress,
  warnOfPlainPasswords,
  type AccessOptions,
} from './dashboard/access.ts';
import { addUserCommands } from './dashboard/users.ts';
import { toPort } from './port.ts';
import { databaseUrl } from './start/database-url.ts';
import { createReporter, sayOnce } from './start/reporter.ts';
import { listenForStop } from './start/stop-signals.ts';

interface Options extends AccessOptions {
  readonly broker?: string;
  readonly prefix: readonly string[];
  readonly queue: readonly string[];
  readonly delimiter: string;
  readonly host: string;
  readonly port?: number;
  readonly alerts?: string;
}

export const configure: Configure = (command) => {
  command
    .option(
      '--broker <url>',
      'redis://, rediss://, redis+sentinel:// or postgres:// (default: DATABASE_URL)',
    )
    .option(
      '--prefix <prefix>',
      'only queues of this prefix or schema; may be repeated',
      collect,
      [],
    )
    .option('--queue <name>', 'only queues of this name; may be repeated', collect, [])
    .option('--delimiter <text>', 'what groups queues by their names, such as .', ':')
    .option(
      '--host <address>',
      'the address to listen on; any but this asks for a login',
      '127.0.0.1',
    )
    .option('--port <number>', 'its port (default: the first free one from 3000)', toPort)
    .option('--alerts <file>', 'YAML or JSON: thresholds of alerts, and webhooks that are told')
    .action(runDashboard);
  addAccessOptions(command);
  addUserCommands(command);
};

/** Takes every value of an option that may be repeated. */
function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

async function runDashboard(options: Options): Promise<void> {
  const { broker = databaseUrl(), host, port } = options;
  if (broker === undefined) {
    throw new BadInput('Expected a broker, got none. Name one: --broker redis://127.0.0.1:6379');
  }
  const alerts =
    options.alerts === undefined
      ? undefined
      : readAlertSettings(options.alerts, detectors, process.env);
  keepYoungHeapSmall();
  using signals = listenForStop(() => process.exit(130));
  const report = createReporter(process.stderr);
  const brokerAddress = readBrokerUrl(broker);
  const { access, masks, isClosed } = openTypedAccess(options, report);
  await using address = await takeAddress({ host, port });
  if (!isClosed) refuseOpenAddress(address.url, host);
  warnOfPlainPasswords(options, address.url, report);
  const wanted = { prefixes: options.prefix, names: options.queue };
  await using queues = findQueues(brokerAddress, { wanted });
  const writeups = readWriteups();
  const explainer = createExplainer(writeups);
  await using dashboard = createDashboard({
    queues,
    knownBugLink: createKnownBugLink(writeups),
    knownBugs: createKnownBugs(writeups),
    writeups,
    ...(alerts && { alerts }),
    probes: {
      broker: probeCondition(queues.source, explainer),
      queues: probeQueues(queues, explainer),
    },
    answers: probeAnswer(queues.source),
    docs: builtDocs(),
    environment: describeBroker(broker),
    delimiter: options.delimiter,
    hosts: [...(isClosed ? [host, os.hostname()] : []), ...(options.publicHost ?? [])],
    access,
    masks,
    onError: sayOnce(report, 'server'),
  });
  address.serve(dashboard.app);
  process.stdout.write(`  The board is at ${address.url}/board/. Ctrl-C stops it.\n`);
  if (!signals.stop.aborted) await once(signals.stop, 'abort');
}

function builtDocs(): DocsSite {
  const docs = createDocsSite('The docs are not built yet. Build them with: npm run build');
  const dist = path.join(projectRoot, 'dist');
  if (existsSync(path.join(dist, 'index.html'))) docs.publish(dist);
  return docs;
}
