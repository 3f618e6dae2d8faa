import { once } from 'node:events';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BadInput } from '../catalog/problem/bad-input.ts';
import { projectRoot } from '../catalog/project.ts';
import { readWriteups } from '../catalog/writeup/read.ts';
import { createKnownBugLink } from '../dashboard/board/known-bug-link.ts';
import { createKnownBugs } from '../dashboard/known-bugs/known-bugs.ts';
import { createDashboard } from '../dashboard/dashboard.ts';
import { createDocsSite, type DocsSite } from '../dashboard/docs/docs-site.ts';
import { probeBroker, probeWorker } from '../dashboard/health/queue-probes.ts';
import { takeAddress } from '../dashboard/server/address.ts';
import { fixedDirectory } from '../dashboard/queues/directory.ts';
import { brokerAt } from '../worker/broker/broker.ts';
import { importsQueue } from '../worker/queue/import-job.ts';
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
import { environmentOf } from './start/environment.ts';
import { createReporter, sayOnce } from './start/reporter.ts';
import { listenForStop } from './start/stop-signals.ts';

interface Options extends AccessOptions {
  readonly broker?: string;
  readonly host: string;
  readonly port?: number;
}

export const configure: Configure = (command) => {
  command
    .option('--broker <url>', 'redis:// or postgres:// (default: DATABASE_URL)')
    .option(
      '--host <address>',
      'the address to listen on; any but this asks for a login',
      '127.0.0.1',
    )
    .option('--port <number>', 'its port (default: the first free one from 3000)', toPort)
    .action(runDashboard);
  addAccessOptions(command);
  addUserCommands(command);
};

async function runDashboard(options: Options): Promise<void> {
  const { broker = databaseUrl(), host, port } = options;
  if (broker === undefined) {
    throw new BadInput('Expected a broker, got none. Name one: --broker redis://127.0.0.1:6379');
  }
  using signals = listenForStop(() => process.exit(130));
  const report = createReporter(process.stderr);
  const { access, masks, isClosed } = openTypedAccess(options, report);
  await using open = brokerAt(broker).openQueue(importsQueue, sayOnce(report, 'broker'));
  await using address = await takeAddress({ host, port });
  if (!isClosed) refuseOpenAddress(address.url, host);
  warnOfPlainPasswords(options, address.url, report);
  await using queues = fixedDirectory([open.queue]);
  const writeups = readWriteups();
  await using dashboard = createDashboard({
    queues,
    knownBugLink: createKnownBugLink(writeups),
    knownBugs: createKnownBugs(writeups),
    probes: { broker: probeBroker(open.queue), worker: probeWorker(open.queue) },
    docs: builtDocs(),
    environment: environmentOf(broker),
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
