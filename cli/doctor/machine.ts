import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import type { Fact, SeenPackage, Sheet } from '../../catalog/doctor/facts.ts';
import { projectRoot } from '../../catalog/project.ts';

const here = { of: 'this machine' };
const venvFolders = ['.venv', 'venv', 'env'];
const semaphoreFolder = '/dev/shm';
/** Where a control group of version 2 and of version 1 says how much memory there is. */
const memoryLimits = ['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes'];
/** What version 1 says where there is no limit: the largest number of pages. */
const noLimit = 2 ** 60;

/** What the machine is, and the folder as far as it is a place on it. */
export async function readMachine(folder: string, environment = process.env): Promise<Sheet> {
  const { platform } = process;
  const venv = await venvIn(folder, environment);
  return {
    platform: { value: platform, place: here },
    venv: venv ?? { value: false, place: here },
    'told-to-spawn': { value: environment.FORKED_BY_MULTIPROCESSING !== undefined, place: here },
    ...(platform === 'linux' && {
      shm: { value: await shmState(), place: here },
      'memory-limit': { value: await hasMemoryLimit(), place: here },
    }),
  };
}

/** The interpreters of this machine, as far as they are on the path. */
export async function readMachineRuntimes(
  names: readonly ('node' | 'bun')[],
): Promise<SeenPackage[]> {
  const found = await Promise.all(
    names.map(async (name): Promise<SeenPackage[]> => {
      const version = await versionOf(name);
      return version === undefined
        ? []
        : [{ package: name, version, ecosystem: 'runtime', place: here }];
    }),
  );
  return found.flat();
}

async function venvIn(folder: string, environment: NodeJS.ProcessEnv): Promise<Fact | undefined> {
  for (const name of venvFolders) {
    const isThere = await exists(path.join(folder, name, 'pyvenv.cfg'));
    if (isThere) return { value: true, place: { file: `${name}/pyvenv.cfg` } };
  }
  return environment.VIRTUAL_ENV === undefined
    ? undefined
    : { value: true, place: here, says: 'VIRTUAL_ENV is set' };
}

async function shmState(): Promise<string> {
  if (!(await exists(semaphoreFolder))) return 'missing';
  return (await may(semaphoreFolder, constants.W_OK | constants.X_OK))
    ? 'writable'
    : 'not writable';
}

async function hasMemoryLimit(): Promise<boolean> {
  const texts = await Promise.all(
    memoryLimits.map(async (file) => readFile(file, 'utf8').catch(() => '')),
  );
  return texts.some((text) => {
    const limit = Number(text);
    return text.trim() !== '' && Number.isFinite(limit) && limit > 0 && limit < noLimit;
  });
}

/** Without what npm puts on the path: the Node that runs poolproof is not the one that runs the project. */
async function versionOf(program: string): Promise<string | undefined> {
  const own = path.join(projectRoot, 'node_modules');
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const PATH = folders.filter((folder) => !folder.startsWith(own)).join(path.delimiter);
  const { stdout, failed } = await execa(program, ['--version'], {
    env: { PATH },
    reject: false,
    timeout: 5_000,
  });
  return failed ? undefined : /^v?(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

async function may(file: string, mode: number): Promise<boolean> {
  return access(file, mode).then(
    () => true,
    () => false,
  );
}
