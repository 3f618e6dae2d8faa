import { pause } from '../pause.ts';
import { dataOf, startCluster, type Cluster } from './cluster.ts';
import { isServerAlive } from './postmaster.ts';

/** How often the server is looked after, in milliseconds, and how long it is tried to start it again. */
const everyMs = 300;
const restartDeadlineMs = 60_000;

/**
 * Sees to it that a server runs, until `released`: one that ended is started again on its port.
 * @returns what to tell when that did not work.
 */
export async function keepRunning(
  cluster: Cluster,
  port: number,
  settings: Readonly<Record<string, string>>,
  released: Promise<unknown>,
): Promise<string | undefined> {
  const over = new AbortController();
  void released.then(() => {
    over.abort();
  });
  const isReleased = () => over.signal.aborted;
  while (!isReleased()) {
    await pause(everyMs, over.signal);
    if (isReleased() || (await isServerAlive(dataOf(cluster.dir)))) continue;
    const failure = await restart(cluster, port, settings, over.signal);
    if (failure !== undefined && !isReleased()) return failure;
  }
  return undefined;
}

async function restart(
  cluster: Cluster,
  port: number,
  settings: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const deadline = performance.now() + restartDeadlineMs;
  let failure: string | undefined;
  while (!signal.aborted && performance.now() < deadline) {
    try {
      // Sessions of the server that was killed may still be ending: it refuses to start beside them.
      await startCluster(cluster, port, settings);
      return undefined;
    } catch (error) {
      failure = `It ended and cannot be started again. ${error instanceof Error ? error.message : String(error)}`;
    }
    await pause(everyMs, signal);
  }
  return signal.aborted ? undefined : failure;
}
