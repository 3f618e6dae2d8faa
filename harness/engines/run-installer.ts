import { execa } from 'execa';
import { NotRun } from '../scenario/not-run.ts';

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
  const result = await execa(file, args, { reject: false, stdin: 'ignore' });
  if (!result.failed) return result.stdout;
  const lines = (result.stderr || (result.shortMessage ?? '')).trim().split('\n');
  const error = lines.filter((line) => /error/i.test(line)).at(-1) ?? lines.at(-1) ?? '';
  throw new NotRun(`${what} is not in the cache and could not be installed: ${error.trim()}`);
}
