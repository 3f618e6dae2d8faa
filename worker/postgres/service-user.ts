import { constants } from 'node:fs';
import { access, chmod, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';

/** The account PostgreSQL runs under when this process is root, which PostgreSQL refuses to be. */
export interface ServiceUser {
  readonly uid: number;
  readonly gid: number;
}

/** Where root keeps what the service user must reach. Its parents are root's own and open to all. */
export const rootStateDir = path.join('/', 'var', 'lib', 'poolproof');

/** Makes sure that root's folder is there and that others may enter it, whatever the umask. */
export async function openRootStateDir(): Promise<void> {
  await mkdir(rootStateDir, { recursive: true });
  await chmod(rootStateDir, 0o755);
}

/**
 * The user to run PostgreSQL as: undefined (this user) unless this process is root, then `nobody`,
 * which every Linux and macOS has, so that no account is added to the machine.
 */
export async function serviceUser(): Promise<ServiceUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  // eslint-disable-next-line portable/no-shell -- where there is a root, there is `id`
  const id = async (flag: string) => Number((await execa('id', [flag, 'nobody'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

/** Whether users other than the owner can enter a folder: each existing parent lets them through. */
export async function isOpenToOthers(dir: string): Promise<boolean> {
  const parent = path.dirname(dir);
  if (parent !== dir && !(await isOpenToOthers(parent))) return false;
  try {
    await access(dir, constants.F_OK);
  } catch {
    return true;
  }
  return ((await stat(dir)).mode & constants.S_IXOTH) !== 0;
}
