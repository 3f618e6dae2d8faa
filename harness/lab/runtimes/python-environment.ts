import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { buildOnce } from '../cache/build-once.ts';
import { cacheFolder } from '../cache/folder.ts';
import { DiskFull, NotRun } from '../not-run.ts';
import { pip } from './package-managers.ts';
import { findPython, type Python } from './python.ts';
import { runInstaller, type Wanted } from './run-installer.ts';

type Progress = (message: string) => void;

/** The uv that is fetched where there is none; any that is there serves as well. */
const uvVersion = '0.13.9';

/**
 * Makes a virtual environment with pinned packages. By uv where it can be had, which links the files of
 * packages to one copy of each (45 MB an environment against 126 MB, and a ninth of the time); else by
 * venv and pip.
 *
 * @param lock a file of requirements with hashes.
 * @throws NotRun with what is missing.
 */
export async function makeEnvironment(
  folder: string,
  python: Python,
  lock: string,
  wanted: Pick<Wanted, 'what' | 'from'>,
  progress: Progress,
): Promise<void> {
  const uv = await findUv(progress);
  const interpreter = interpreterOf(folder);
  if (uv !== undefined) {
    const env = await uvEnvironment();
    const by = { ...wanted, by: 'uv', env };
    await runInstaller(by, uv, ['venv', '--quiet', '--python', python.executable, folder]);
    await runInstaller(by, uv, [
      ...['pip', 'install', '--quiet', '--python', interpreter, '--link-mode', linkMode()],
      ...['--compile-bytecode', '--require-hashes', '--requirement', lock],
    ]);
    // As a manifest does for what is built: when it was last used.
    await writeFile(path.join(cacheFolder(), 'uv.json'), '{}');
    return;
  }
  const [file = '', ...options] = python.command;
  await runInstaller({ ...wanted, by: file }, file, [...options, '-m', 'venv', folder]);
  const args = [...pip, 'install', '--quiet', '--require-hashes', '--requirement', lock];
  await runInstaller({ ...wanted, by: interpreter }, interpreter, args);
}

/** The interpreter of a virtual environment. */
export function interpreterOf(folder: string): string {
  return process.platform === 'win32'
    ? path.join(folder, 'Scripts', 'python.exe')
    : path.join(folder, 'bin', 'python');
}

let found: Promise<string | undefined> | undefined;

/** The uv on the PATH, else one from PyPI in the cache. POOLPROOF_UV=none does without. */
export function findUv(progress: Progress): Promise<string | undefined> {
  if (process.env.POOLPROOF_UV === 'none') return Promise.resolve(undefined);
  found ??= lookForUv(progress);
  return found;
}

async function lookForUv(progress: Progress): Promise<string | undefined> {
  const { failed } = await execa('uv', ['--version'], { reject: false });
  if (!failed) return 'uv';
  const python = await findPython();
  const [file = '', ...options] = python.command;
  const build = async (folder: string) => {
    progress(`getting uv ${uvVersion} from PyPI`);
    const wanted = { what: `uv ${uvVersion}`, from: 'PyPI' };
    await runInstaller({ ...wanted, by: file }, file, [...options, '-m', 'venv', folder]);
    const interpreter = interpreterOf(folder);
    const args = [...pip, 'install', '--quiet', '--only-binary=:all:', `uv==${uvVersion}`];
    await runInstaller({ ...wanted, by: interpreter }, interpreter, args);
    return {};
  };
  try {
    const name = path.join('tools', `uv-${uvVersion}-python-${python.version}`);
    const { folder } = await buildOnce(name, build, progress);
    const program = process.platform === 'win32' ? 'uv.exe' : 'uv';
    return path.join(path.dirname(interpreterOf(folder)), program);
  } catch (error) {
    // A system that uv is not made for has pip.
    if (error instanceof NotRun && !(error instanceof DiskFull)) return undefined;
    throw error;
  }
}

/** uv reads pip's settings neither from pip.conf nor from the environment. */
export async function uvEnvironment(): Promise<Record<string, string>> {
  const index = process.env.UV_DEFAULT_INDEX ?? (await indexOfPip());
  const certificates = process.env.SSL_CERT_FILE ?? process.env.PIP_CERT;
  return {
    // On the disk of the environments, or there would be nothing to link.
    UV_CACHE_DIR: path.join(cacheFolder(), 'uv'),
    UV_NO_CONFIG: '1',
    UV_PYTHON_DOWNLOADS: 'never',
    ...(index && { UV_DEFAULT_INDEX: index }),
    ...(certificates && { SSL_CERT_FILE: certificates }),
  };
}

async function indexOfPip(): Promise<string | undefined> {
  const { command } = await findPython();
  const [file = '', ...options] = command;
  const args = [...options, '-m', 'pip', 'config', 'get', 'global.index-url'];
  const { stdout, failed } = await execa(file, args, { reject: false });
  return process.env.PIP_INDEX_URL ?? (failed ? undefined : stdout.trim());
}

/** What uv is told: links where the disk has them; uv copies by itself where it has not. */
function linkMode(): string {
  return process.platform === 'darwin' ? 'clone' : 'hardlink';
}
