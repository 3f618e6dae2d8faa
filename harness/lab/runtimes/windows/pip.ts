import path from 'node:path';
import { buildOnce } from '../../cache/build-once.ts';
import { findPython } from '../python.ts';
import { pip } from '../package-managers.ts';
import { runInstaller } from '../run-installer.ts';

type Progress = (message: string) => void;

/** Makes pip choose wheels as Windows would, whatever it runs on. Requirements marked for Windows it still overlooks. */
export function forWindows(python: string): string[] {
  return ['--platform', 'win_amd64', '--python-version', python, '--only-binary=:all:'];
}

/**
 * Runs pip in an environment of its own: Debian's Python comes without it.
 *
 * @returns what it printed on stdout.
 * @throws NotRun with what is missing when it fails.
 */
export function runPip(what: string, args: readonly string[], progress: Progress): Promise<string> {
  return runBesidePip(what, [...pip, ...args], progress);
}

/** Runs Python in the environment that holds pip, and with it the libraries that pip brings. */
export async function runBesidePip(
  what: string,
  args: readonly string[],
  progress: Progress,
): Promise<string> {
  const { command, version } = await findPython();
  const [python = '', ...options] = command;
  const name = path.join('windows', `pip-python-${version}`);
  const { folder } = await buildOnce(
    name,
    async (folder) => {
      await runInstaller({ what: 'pip', by: python }, python, [...options, '-m', 'venv', folder]);
      return {};
    },
    progress,
  );
  const own = path.join(
    folder,
    ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']),
  );
  return runInstaller({ what, from: 'PyPI', by: own }, own, args);
}
