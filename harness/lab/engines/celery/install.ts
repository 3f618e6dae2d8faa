import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Cell } from '../../../../catalog/evidence/schema.ts';
import { buildOnce } from '../../cache/build-once.ts';
import type { InstalledEngine } from '../engine.ts';
import { pip } from '../../runtimes/package-managers.ts';
import { runInstaller } from '../../runtimes/run-installer.ts';
import { findPython } from '../../runtimes/python.ts';
import { requirementsOf } from './requirements.ts';
import { chooseVersions } from './versions.ts';

/**
 * Celery from PyPI, in a virtual environment of its own. Launched `venv`, actors are run by that
 * environment's Python; else by the Python it was made with, which finds the same libraries by PYTHONPATH.
 */
export async function installCelery(
  { version, launch, install }: Cell,
  progress: (message: string) => void,
): Promise<InstalledEngine> {
  const python = await findPython();
  const requirements = requirementsOf({ version, install });
  const hash = createHash('sha256').update(requirements.join('\n')).digest('hex').slice(0, 8);
  const name = `celery-${version}-python-${python.version}-${hash}`;
  const build = async (folder: string) => {
    progress(`installing Celery ${version} from PyPI`);
    const [file = '', ...options] = python.command;
    const wanted = { what: `Celery ${version}`, from: 'PyPI', by: file };
    await runInstaller(wanted, file, [...options, '-m', 'venv', folder]);
    const interpreter = interpreterOf(folder);
    await runInstaller(wanted, interpreter, [...pip, 'install', ...requirements]);
    const list = await runInstaller(wanted, interpreter, [...pip, 'list', '--format=json']);
    const sitePackages = await runInstaller(wanted, interpreter, [
      '-c',
      'import sysconfig; print(sysconfig.get_path("purelib"))',
    ]);
    return { sitePackages, versions: { python: python.version, ...chooseVersions(list) } };
  };
  const { folder, manifest } = await buildOnce(path.join('engines', name), build, progress);
  const { sitePackages, versions } = manifest;
  return launch === 'venv'
    ? { interpreter: interpreterOf(folder), env: {}, versions }
    : { interpreter: python.executable, env: { PYTHONPATH: sitePackages }, versions };
}

function interpreterOf(folder: string): string {
  return process.platform === 'win32'
    ? path.join(folder, 'Scripts', 'python.exe')
    : path.join(folder, 'bin', 'python');
}
