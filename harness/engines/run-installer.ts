import { execa } from 'execa';
import { NotRun } from '../scenario/not-run.ts';
import { currentRun } from '../sweep/current-run.ts';

/**
 * Runs a package manager and returns what it printed on stdout.
 *
 * @throws NotRun with its last words when it fails: most often there is no network, or no such version.
 */
export async function runInstaller(
  what: string,
  file: string,
  args: readonly string[],
): Promise<string> {
  const installer = execa(file, args, {
    reject: false,
    stdin: 'ignore',
    // A group of its own, by which a sweep finds what it has started.
    detached: process.platform !== 'win32',
    cleanup: false,
  });
  if (installer.pid !== undefined) await currentRun.getStore()?.register(installer.pid);
  const result = await installer;
  if (!result.failed) return result.stdout;
  const lines = (result.stderr || (result.shortMessage ?? '')).trim().split(/\r?\n/);
  const error = lines.filter((line) => /error/i.test(line)).at(-1) ?? lines.at(-1) ?? '';
  throw new NotRun(`${what} is not in the cache and could not be installed: ${error.trim()}`);
}
