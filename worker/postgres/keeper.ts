/**
 * Keeps one embedded server for the process that started this program, and outlives it just long
 * enough to stop the server: whichever way that process ends (Ctrl-C, SIGTERM, kill -9), the IPC
 * channel closes, and the server goes with it.
 *
 * Argument: a KeeperRequest as JSON. Sends one KeeperAnswer when the server runs, or cannot.
 */
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { sendMessage } from 'execa';
import { findBinaries } from './binaries.ts';
import { createCluster, startCluster, stopCluster, type Cluster } from './cluster.ts';
import { claimFolder, homeOf, makeTemporaryHome, releaseFolder, removeAbandoned } from './home.ts';
import type { KeeperAnswer, KeeperRequest } from './embedded.ts';
import { serviceUser } from './service-user.ts';

// A cluster that is thrown away need not survive a power cut.
const fast = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function prepare({ dataDir }: KeeperRequest): Promise<Cluster> {
  const user = await serviceUser();
  const binaries = await findBinaries(user);
  if (dataDir === undefined) {
    await removeAbandoned({ binaries, user });
    return { dir: await makeTemporaryHome(user), binaries, user };
  }
  const cluster = { dir: await homeOf(dataDir, user), binaries, user };
  await claimFolder(cluster.dir, user);
  // Left running if a keeper was killed together with its owner.
  await stopCluster(cluster);
  return cluster;
}

const released = new Promise<void>((resolve) => {
  for (const event of ['disconnect', 'SIGTERM', 'SIGINT']) process.once(event, resolve);
  if (!process.connected) resolve();
});

const request = JSON.parse(process.argv[2] ?? '{}') as KeeperRequest;
const temporary = request.dataDir === undefined;
let cluster: Cluster | undefined;
let answer: KeeperAnswer;
try {
  cluster = await prepare(request);
  await createCluster(cluster);
  answer = {
    url: await startCluster(cluster, await freePort(), temporary ? fast : {}),
    dir: cluster.dir,
  };
} catch (error) {
  answer = { error: error instanceof Error ? error.message : String(error) };
}
// The owner may be gone already; then there is nobody to tell.
await sendMessage(answer).catch(() => undefined);
if ('url' in answer) await released;

if (cluster) {
  await stopCluster(cluster);
  await releaseFolder(cluster.dir);
  if (temporary) await rm(cluster.dir, { recursive: true, force: true });
}
// The listeners above would hold the channel, and with it this process, open.
process.exit();
