import { createHash } from 'node:crypto';
import path from 'node:path';
import { buildOnce } from '../../../cache/build-once.ts';
import { chooseVersions } from '../versions.ts';
import {
  celeryLockFile,
  lockedPackages,
  readCeleryLock,
  type CeleryForWindows,
} from './celery-lock.ts';
import { forWindows, runPip } from '../../../runtimes/windows/pip.ts';

export interface WindowsCelery {
  readonly sitePackages: string;
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * Gets the wheels of a Celery for Windows from PyPI into the cache, each checked against its pinned hash.
 *
 * @param wanted the version of Celery, the minor version of the Python it is for, and what pip is told to install.
 * @throws NotRun when they are not pinned or do not go together, and with what is missing.
 */
export async function installWindowsCelery(
  wanted: CeleryForWindows,
  progress: (message: string) => void,
): Promise<WindowsCelery> {
  const { version, python } = wanted;
  const lock = await readCeleryLock(wanted);
  const digest = createHash('sha256').update(lock).digest('hex').slice(0, 8);
  const name = `celery-${version}-python-${python}-${digest}`;
  const what = `Celery ${version} for Windows`;
  const build = async (folder: string) => {
    progress(`installing ${what} from PyPI`);
    const options = ['install', '--quiet', '--no-deps', '--require-hashes', '--no-compile'];
    const target = ['--target', folder, ...forWindows(python)];
    const requirement = ['--requirement', celeryLockFile(wanted)];
    await runPip(what, [...options, ...target, ...requirement], progress);
    return {};
  };
  const { folder } = await buildOnce(path.join('windows', name), build, progress);
  return {
    sitePackages: folder,
    versions: chooseVersions(JSON.stringify(lockedPackages(lock))),
  };
}
