import { execa } from 'execa';
import { NotRun } from '../not-run.ts';

export interface Python {
  readonly command: readonly string[];
  readonly version: string;
  /** The interpreter itself, behind launchers and shims. */
  readonly executable: string;
}

const candidates: readonly (readonly string[])[] =
  process.platform === 'win32' ? [['py', '-3'], ['python']] : [['python3'], ['python']];

// In one line: where `python` is a .bat (pyenv on Windows), its arguments may not break lines.
const probe =
  'import ensurepip, json, platform, sys, venv; print(json.dumps({"version": platform.python_version(), "executable": sys._base_executable}))';

/**
 * Finds a Python 3 that can make virtual environments: POOLPROOF_PYTHON, or else the usual names.
 *
 * @throws NotRun with what to install.
 */
export async function findPython(): Promise<Python> {
  const chosen = process.env.POOLPROOF_PYTHON;
  for (const command of chosen ? [[chosen]] : candidates) {
    const [file = '', ...options] = command;
    const { stdout, failed } = await execa(file, [...options, '-c', probe], { reject: false });
    if (failed) continue;
    const found = JSON.parse(stdout) as Omit<Python, 'command'>;
    if (found.version.startsWith('3.')) return { command, ...found };
  }
  throw new NotRun(
    `no Python 3 with the venv module${chosen ? ` at POOLPROOF_PYTHON=${chosen}` : ''}; install it (Debian: apt-get install python3-venv; Windows and macOS: the installer of python.org)`,
  );
}
