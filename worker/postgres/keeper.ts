/**
 * Keeps one embedded server for the process that started this program, and outlives it just long
 * enough to stop the server: whichever way that process ends (Ctrl-C, SIGTERM, kill -9), the IPC
 * channel closes, and the server goes with it.
 *
 * Argument: a KeeperRequest as JSON. Sends one KeeperAnswer when the server runs, or cannot.
 */
import { rm } from 'node:fs/promises';
import { sendMessage } from 'execa';
import getPort from 'get-port';
import { findBinaries } from './binaries.ts';
import { createCluster, startCluster, stopCluster, type Cluster } from './cluster.ts';
import { lockFolder, type FolderLock } from './folder-lock.ts';
import { keepRunning } from './keep-running.ts';
import { homeOf, makeHome, makeTemporaryHome, removeAbandoned } from './home.ts';
import type { KeeperAnswer, KeeperRequest } from './embedded.ts';
import { serviceUser } from './service-user.ts';

// A cluster that is thrown away need not survive a power cut.
const fast = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** How long a keeper that is just stopping its server may hold the folder, in milliseconds. */
const handOverMs = 5000;

async function homeFor({ dataDir }: KeeperRequest, kit: Omit<Cluster, 'dir'>): Promise<string> {
  if (dataDir !== undefined) return homeOf(dataDir, kit.user);
  await removeAbandoned(kit);
  return makeTemporaryHome(kit.user);
}

interface Prepared {
  readonly cluster: Cluster;
  readonly lock: FolderLock;
}

async function prepare(request: KeeperRequest): Promise<Prepared> {
  const user = await serviceUser();
  const binaries = await findBinaries(user);
  const dir = await homeFor(request, { binaries, user });
  const cluster = { dir, binaries, user };
  await makeHome(dir, user);
  const lock = await lockFolder(dir, handOverMs);
  // Left running if a keeper was killed together with its owner.
  await stopCluster(cluster);
  await createCluster(cluster);
  return { cluster, lock };
}

const released = new Promise<void>((resolve) => {
  for (const event of ['disconnect', 'SIGTERM', 'SIGINT']) process.once(event, resolve);
  if (!process.connected) resolve();
});

const request = JSON.parse(process.argv[2] ?? '{}') as KeeperRequest;
const temporary = request.dataDir === undefined;
const settings = temporary ? fast : {};
const port = await getPort({ host: '127.0.0.1' });
let prepared: Prepared | undefined;
let failure: string | undefined;
let answer: KeeperAnswer;
try {
  prepared = await prepare(request);
  const { cluster } = prepared;
  const url = await startCluster(cluster, port, settings);
  answer = { url, dir: cluster.dir };
} catch (error) {
  answer = { error: error instanceof Error ? error.message : String(error) };
}
try {
  await sendMessage(answer);
} catch {
  // The owner may be gone already, which is thrown at once, not rejected; then there is nobody to tell.
}
if ('url' in answer && prepared) {
  failure = await keepRunning(prepared.cluster, port, settings, released);
  if (failure !== undefined) process.stderr.write(`${failure}\n`);
}

if (prepared) {
  const { cluster, lock } = prepared;
  await stopCluster(cluster);
  lock[Symbol.dispose]();
  if (temporary) await rm(cluster.dir, { recursive: true, force: true, maxRetries: 5 });
}
// The listeners above would hold the channel, and with it this process, open.
process.exit(failure === undefined ? 0 : 1);
