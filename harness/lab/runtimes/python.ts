import { existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { NotRun } from '../not-run.ts';

export interface Python {
  readonly command: readonly string[];
  readonly version: string;
  /** The interpreter itself, behind launchers and shims. */
  readonly executable: string;
}

const isWindows = process.platform === 'win32';
const usualNames = isWindows ? [['py', '-3'], ['python']] : [['python3'], ['python']];

// In one line: where `python` is a .bat (pyenv on Windows), its arguments may not break lines.
const probe =
  'import ensurepip, json, platform, sys, venv; print(json.dumps({"version": platform.python_version(), "executable": sys._base_executable}))';

const known = new Map<string, Promise<Python | undefined>>();

/**
 * Finds a Python 3 that can make virtual environments: POOLPROOF_PYTHON, or else the usual names.
 *
 * @throws NotRun with what to install.
 */
export async function findPython(): Promise<Python> {
  const chosen = process.env.POOLPROOF_PYTHON;
  const found = await once(`any ${chosen ?? ''}`, () =>
    firstOf(chosen ? [[chosen]] : usualNames, '3'),
  );
  if (found !== undefined) return found;
  throw new NotRun(
    `no Python 3 with the venv module${chosen ? ` at POOLPROOF_PYTHON=${chosen}` : ''}; install it (Debian: apt-get install python3-venv; Windows and macOS: the installer of python.org)`,
  );
}

/**
 * Finds a Python of this minor version: POOLPROOF_PYTHON or the usual one if it is, `python3.13` or
 * `py -3.13`, else one that pyenv or uv has installed for this user.
 *
 * @param minor such as `3.13`.
 * @throws NotRun with what to install.
 */
export async function findPythonOf(minor: string): Promise<Python> {
  const found = await findMinor(minor);
  if (found !== undefined) return found;
  throw new NotRun(
    `no Python ${minor} with the venv module; install it (uv python install ${minor}, pyenv install ${minor}, or Debian: apt-get install python${minor}-venv), or name one: POOLPROOF_PYTHON`,
  );
}

/** As `findPythonOf`, but undefined where there is none. */
export function findMinor(minor: string): Promise<Python | undefined> {
  const chosen = process.env.POOLPROOF_PYTHON;
  return once(`${minor} ${chosen ?? ''}`, async () => {
    const named = isWindows ? ['py', `-${minor}`] : [`python${minor}`];
    const obvious = [...(chosen ? [[chosen]] : usualNames), named, ...installedByPyenv(minor)];
    return (await firstOf(obvious, minor)) ?? (await firstOf(await installedByUv(minor), minor));
  });
}

/** `3.13` of `3.13.0`. */
export function minorOf({ version }: Pick<Python, 'version'>): string {
  return version.split('.').slice(0, 2).join('.');
}

/** What is found depends on the PATH: another one is searched anew. */
function once(what: string, find: () => Promise<Python | undefined>): Promise<Python | undefined> {
  const key = `${what} ${process.env.PATH ?? ''}`;
  const finding = known.get(key) ?? find();
  known.set(key, finding);
  return finding;
}

/** @param wanted how its version begins, in whole numbers. */
async function firstOf(
  commands: readonly (readonly string[])[],
  wanted: string,
): Promise<Python | undefined> {
  for (const command of commands) {
    const [file = '', ...options] = command;
    const { stdout, failed } = await execa(file, [...options, '-c', probe], { reject: false });
    if (failed) continue;
    const found = JSON.parse(stdout) as Omit<Python, 'command'>;
    if (`${found.version}.`.startsWith(`${wanted}.`)) return { command, ...found };
  }
  return undefined;
}

/** pyenv keeps versions that are not switched on off the PATH; the newest first. */
function installedByPyenv(minor: string): string[][] {
  const root = process.env.PYENV_ROOT ?? path.join(os.homedir(), '.pyenv');
  const versions = path.join(root, 'versions');
  if (!existsSync(versions)) return [];
  return readdirSync(versions)
    .filter((name) => new RegExp(`^${minor.replace('.', '\\.')}\\.\\d+$`).test(name))
    .sort((one, other) => other.localeCompare(one, 'en', { numeric: true }))
    .map((name) => [
      path.join(versions, name, ...(isWindows ? ['python.exe'] : ['bin', 'python'])),
    ]);
}

async function installedByUv(minor: string): Promise<string[][]> {
  const options = ['python', 'find', '--managed-python', '--no-python-downloads', minor];
  const { stdout, failed } = await execa('uv', options, { reject: false });
  return failed ? [] : [[stdout.trim()]];
}
