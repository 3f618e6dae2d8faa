import { randomBytes } from 'node:crypto';
import { chown, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { execa } from 'execa';
import gracefulFs from 'graceful-fs';
import pWaitFor from 'p-wait-for';
import type { Binaries } from './binaries.ts';
import { removeStalePid } from './postmaster.ts';
import type { ServiceUser } from './service-user.ts';

/** A folder that holds one PostgreSQL cluster, and what is needed to run it. */
export interface Cluster {
  readonly dir: string;
  readonly binaries: Binaries;
  readonly user: ServiceUser | undefined;
}

/** Waits where Windows refuses, because a virus scanner looks through the new files. */
const rename = promisify(gracefulFs.rename);

/** How long a server that was told to stop may take beyond what pg_ctl waits, in milliseconds. */
const stopDeadlineMs = 20_000;

const superuser = 'poolproof';
export const dataOf = (dir: string) => path.join(dir, 'data');
const logOf = (dir: string) => path.join(dir, 'server.log');
const passwordOf = (dir: string) => path.join(dir, 'password');

/** Creates the cluster in its folder unless it is there. Afterwards the password for its superuser is on disk. */
export async function createCluster(cluster: Cluster): Promise<void> {
  const { dir, binaries, user } = cluster;
  if (await isCreated(dir)) return;
  // Created beside its place: a folder left half-way by a crash must never pass for a cluster.
  const partial = path.join(dir, 'data.partial');
  await rm(partial, { recursive: true, force: true, maxRetries: 5 });
  await writeFile(passwordOf(dir), randomBytes(24).toString('hex'), { mode: 0o600 });
  if (user) await chown(passwordOf(dir), user.uid, user.gid);
  await execa(
    binaries.initdb,
    [
      `--pgdata=${partial}`,
      `--username=${superuser}`,
      `--pwfile=${passwordOf(dir)}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-locale',
      '--no-sync',
    ],
    { ...user, cwd: dir },
  );
  await rename(partial, dataOf(dir));
}

/**
 * Starts the server on a port of 127.0.0.1 and waits until it accepts connections.
 * It runs in a session of its own, so a Ctrl-C in the terminal does not reach it.
 * @returns the connection URL, password included.
 * @throws Error with the end of the server's log.
 */
export async function startCluster(
  cluster: Cluster,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<string> {
  const { dir, user } = cluster;
  await rm(logOf(dir), { force: true });
  const options = Object.entries({
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    ...settings,
  }).map(([name, value]) => `-c ${name}=${value}`);
  try {
    // The server inherits these streams and keeps them open: a pipe would never see its end.
    await execa(
      cluster.binaries.pgCtl,
      [
        'start',
        '--wait',
        `--pgdata=${dataOf(dir)}`,
        `--log=${logOf(dir)}`,
        `--options=${options.join(' ')}`,
      ],
      { ...user, cwd: dir, stdio: 'ignore' },
    );
  } catch (cause) {
    const log = await readFile(logOf(dir), 'utf8').catch(() => '(no log)');
    const end = log.trim().split(/\r?\n/).slice(-10).join('\n');
    throw new Error(`PostgreSQL in ${dir} did not start. The end of its log:\n${end}`, { cause });
  }
  const password = await readFile(passwordOf(dir), 'utf8');
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`;
}

/**
 * Stops the server of a cluster folder, if one runs, without waiting for its clients.
 * @throws Error when it still runs after that.
 */
export async function stopCluster(cluster: Cluster): Promise<void> {
  await removeStalePid(dataOf(cluster.dir));
  for (const mode of ['fast', 'immediate']) {
    if (!(await runPgCtl(cluster, ['status']))) return;
    await runPgCtl(cluster, ['stop', '--wait', `--mode=${mode}`]);
  }
  // Of a server that ends by itself meanwhile pg_ctl says that it could not be stopped.
  const isGone = async () => !(await runPgCtl(cluster, ['status']));
  await pWaitFor(isGone, { interval: 200, timeout: stopDeadlineMs }).catch(() => {
    throw new Error(`PostgreSQL in ${cluster.dir} runs and could not be stopped.`);
  });
}

/** Whether pg_ctl did what it was asked, or, asked for the status, found a server. */
async function runPgCtl(
  { dir, binaries, user }: Cluster,
  args: readonly string[],
): Promise<boolean> {
  const { exitCode } = await execa(binaries.pgCtl, [...args, `--pgdata=${dataOf(dir)}`], {
    ...user,
    cwd: path.dirname(binaries.pgCtl),
    stdio: 'ignore',
    reject: false,
  });
  return exitCode === 0;
}

async function isCreated(dir: string): Promise<boolean> {
  return readFile(path.join(dataOf(dir), 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}
