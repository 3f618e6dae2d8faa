import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Cell } from '../../../../catalog/evidence/schema.ts';
import { buildOnce } from '../../cache/build-once.ts';
import { pip } from '../../runtimes/package-managers.ts';
import {
  findUv,
  interpreterOf,
  makeEnvironment,
  uvEnvironment,
} from '../../runtimes/python-environment.ts';
import { runInstaller } from '../../runtimes/run-installer.ts';
import type { InstalledEngine } from '../engine.ts';
import { choosePython } from './choose-python.ts';
import { readNativeLock } from './native-lock.ts';
import { chooseVersions } from './versions.ts';

const sitePackagesOf = 'import sysconfig; print(sysconfig.get_path("purelib"))';

/**
 * Celery from PyPI, as its lock pins it, in a virtual environment of its own. Launched `venv`, actors are
 * run by that environment's Python; else by the Python it was made with, which finds the same libraries
 * by PYTHONPATH.
 */
export async function installCelery(
  cell: Pick<Cell, 'version' | 'python' | 'install' | 'launch'>,
  progress: (message: string) => void,
): Promise<InstalledEngine> {
  const { version, launch } = cell;
  const lock = await readNativeLock(cell);
  const python = await choosePython(cell, lock.oldestPython);
  const digest = createHash('sha256').update(lock.text).digest('hex').slice(0, 8);
  const name = `celery-${version}-python-${python.version}-${digest}`;
  const build = async (folder: string) => {
    progress(`installing Celery ${version} on Python ${python.version} from PyPI`);
    const wanted = { what: `Celery ${version} on Python ${python.version}`, from: 'PyPI' };
    await makeEnvironment(folder, python, lock.file, wanted, progress);
    const interpreter = interpreterOf(folder);
    const by = { ...wanted, by: interpreter };
    const list = await listPackages(folder, by, progress);
    const sitePackages = await runInstaller(by, interpreter, ['-c', sitePackagesOf]);
    return { sitePackages, versions: { python: python.version, ...chooseVersions(list) } };
  };
  const { folder, manifest } = await buildOnce(path.join('engines', name), build, progress);
  const { sitePackages, versions } = manifest;
  return launch === 'venv'
    ? { interpreter: interpreterOf(folder), env: {}, versions }
    : { interpreter: python.executable, env: { PYTHONPATH: sitePackages }, versions };
}

/** What is installed, as JSON. An environment made by uv has no pip. */
async function listPackages(
  folder: string,
  by: { what: string; by: string },
  progress: (message: string) => void,
): Promise<string> {
  const interpreter = interpreterOf(folder);
  const uv = await findUv(progress);
  if (uv === undefined) return runInstaller(by, interpreter, [...pip, 'list', '--format=json']);
  // Also for this uv opens its cache, which is else in a home folder that may not be written to.
  const env = await uvEnvironment();
  const args = ['pip', 'list', '--quiet', '--format=json', '--python', interpreter];
  return runInstaller({ ...by, env }, uv, args);
}
