import { createHash } from 'node:crypto';
import { chown, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { lockAbandoned } from './folder-lock.ts';
import { stopCluster, type Cluster } from './cluster.ts';
import {
  isOpenToOthers,
  openRootStateDir,
  rootStateDir,
  type ServiceUser,
} from './service-user.ts';

const temporaryPrefix = 'poolproof-postgres-';
/**
 * Where the cluster for a caller's folder lives: in it, or, when the service user could not get
 * there, in a folder of root's own that is named after it.
 */
export async function homeOf(dataDir: string, user: ServiceUser | undefined): Promise<string> {
  const wanted = path.resolve(dataDir);
  // Made before it is looked at, and not with the folder itself: that one is for its owner alone.
  await mkdir(path.dirname(wanted), { recursive: true });
  if (!user || (await isOpenToOthers(path.dirname(wanted)))) return wanted;
  await openRootStateDir();
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 16);
  return path.join(rootStateDir, `data-${name}`);
}

/** Makes the folder of a cluster, for the service user to own. */
export async function makeHome(dir: string, user: ServiceUser | undefined): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  if (user) await chown(dir, user.uid, user.gid);
}

/** Makes a folder for a cluster that is thrown away. */
export async function makeTemporaryHome(user: ServiceUser | undefined): Promise<string> {
  const dir = await mkdtemp(path.join(await temporaryParent(user), temporaryPrefix));
  await makeHome(dir, user);
  return dir;
}

/** Stops and removes throw-away clusters whose keeper was killed before it could. */
export async function removeAbandoned({ binaries, user }: Omit<Cluster, 'dir'>): Promise<void> {
  const parent = await temporaryParent(user);
  for (const name of await readdir(parent)) {
    const dir = path.join(parent, name);
    if (!name.startsWith(temporaryPrefix) || !(await isOurs(dir, user))) continue;
    {
      using lock = lockAbandoned(dir);
      if (!lock) continue;
      await stopCluster({ dir, binaries, user });
    }
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
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
