import { createHash } from 'node:crypto';
import { chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pWaitFor from 'p-wait-for';
import { stopCluster, type Cluster } from './cluster.ts';
import {
  isOpenToOthers,
  openRootStateDir,
  rootStateDir,
  type ServiceUser,
} from './service-user.ts';

const temporaryPrefix = 'poolproof-postgres-';
/** How long a keeper that is just stopping its server may hold the folder, in milliseconds. */
const handOverMs = 5000;

const keeperFile = 'keeper.pid';

/**
 * Where the cluster for a caller's folder lives: in it, or, when the service user could not get
 * there, in a folder of root's own that is named after it.
 */
export async function homeOf(dataDir: string, user: ServiceUser | undefined): Promise<string> {
  const wanted = path.resolve(dataDir);
  if (!user || (await isOpenToOthers(path.dirname(wanted)))) return wanted;
  await openRootStateDir();
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 16);
  return path.join(rootStateDir, `data-${name}`);
}

/** Makes a folder for a cluster that is thrown away, claimed by this process. */
export async function makeTemporaryHome(user: ServiceUser | undefined): Promise<string> {
  const dir = await mkdtemp(path.join(await temporaryParent(user), temporaryPrefix));
  await claimFolder(dir, user);
  return dir;
}

/**
 * Marks a cluster folder as kept by this process.
 * @throws Error when another live keeper has it.
 */
export async function claimFolder(dir: string, user: ServiceUser | undefined): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  if (user) await chown(dir, user.uid, user.gid);
  const file = path.join(dir, keeperFile);
  try {
    await pWaitFor(async () => (await keeperOf(dir)) === undefined, {
      interval: 50,
      timeout: handOverMs,
    });
  } catch {
    throw new Error(
      `The embedded PostgreSQL in ${dir} is in use by process ${await readFile(file, 'utf8')}. ` +
        'Stop that process, or choose another folder.',
    );
  }
  await rm(file, { force: true });
  await writeFile(file, String(process.pid), { flag: 'wx' });
}

/** Gives up the claim of this process. */
export async function releaseFolder(dir: string): Promise<void> {
  await rm(path.join(dir, keeperFile), { force: true });
}

/** Stops and removes throw-away clusters whose keeper was killed before it could. */
export async function removeAbandoned({ binaries, user }: Omit<Cluster, 'dir'>): Promise<void> {
  const parent = await temporaryParent(user);
  for (const name of await readdir(parent)) {
    if (!name.startsWith(temporaryPrefix)) continue;
    const dir = path.join(parent, name);
    if (!(await isOurs(dir, user)) || !(await isAbandoned(dir))) continue;
    await stopCluster({ dir, binaries, user });
    await rm(dir, { recursive: true, force: true });
  }
}

async function temporaryParent(user: ServiceUser | undefined): Promise<string> {
  if (!user || (await isOpenToOthers(os.tmpdir()))) return os.tmpdir();
  await openRootStateDir();
  return rootStateDir;
}

/** In a folder that all may write to, a stranger's cluster could name any process as its server. */
async function isOurs(dir: string, user: ServiceUser | undefined): Promise<boolean> {
  const us = user?.uid ?? process.getuid?.();
  const owner = await stat(dir).catch(() => undefined);
  return owner !== undefined && (us === undefined || owner.uid === us);
}

/** A folder without a claim is one that another keeper is about to claim. */
async function isAbandoned(dir: string): Promise<boolean> {
  const files = await readdir(dir).catch((): string[] => []);
  return files.includes(keeperFile) && (await keeperOf(dir)) === undefined;
}

/** The live process that keeps a folder, if any. */
async function keeperOf(dir: string): Promise<number | undefined> {
  const text = await readFile(path.join(dir, keeperFile), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const pid = Number(text);
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : undefined;
  }
}
