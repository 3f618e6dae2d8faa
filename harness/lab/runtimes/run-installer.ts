import { cacheFolder } from '../cache/folder.ts';
import { watchDisk } from '../cache/space.ts';
import { DiskFull, NotRun } from '../not-run.ts';
import { currentWorkspace } from '../sweep/current-workspace.ts';
import { runBounded } from '../sweep/run-bounded.ts';
import { explainFailure, saysDiskFull } from './installer-failure.ts';

/** No package takes that long; a network that swallows everything does. */
const deadlineMs = 600_000;

/** What is being had by a program. */
export interface Wanted {
  /** As a person would call it, with its version. */
  readonly what: string;
  /** Where it comes from, such as `PyPI`. Left out: nothing is downloaded. */
  readonly from?: string;
  /** The program as a person would get it, such as `Maven (Debian: apt-get install maven)`. */
  readonly by: string;
  /** Beside the environment of the harness. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a package manager or compiler and returns what it printed on stdout.
 *
 * @throws DiskFull when it failed and the disk of the cache was full meanwhile; NotRun with what is missing and how to get it, when it fails or has not ended after 10 minutes.
 */
export async function runInstaller(
  { what, from, by, env: own = {} }: Wanted,
  file: string,
  args: readonly string[],
): Promise<string> {
  // Killed half-way, package managers leave what they were unpacking.
  const workspace = currentWorkspace.getStore();
  const temporary = await workspace?.makeWorkFolder();
  const folders =
    temporary === undefined ? {} : { TMPDIR: temporary, TEMP: temporary, TMP: temporary };
  const env = { ...own, ...folders };
  using disk = watchDisk();
  const { how, stdout, stderr } = await runBounded(file, args, { deadlineMs, env, workspace });
  if (how === 'failed' && (disk.wasFull() || saysDiskFull(`${stderr}\n${stdout}`))) {
    throw new DiskFull(cacheFolder());
  }
  switch (how) {
    case 'well':
      return stdout;
    case 'missing':
      throw new NotRun(`${what} is not in the cache, and getting it needs ${by}`);
    case 'late':
      throw new NotRun(
        `${what} is not in the cache, and ${file} had not got it after ${deadlineMs / 60_000} minutes`,
      );
    case 'failed':
      throw new NotRun(
        `${what} is not in the cache and could not be installed: ${explainFailure(`${stderr}\n${stdout}`, from)}`,
      );
  }
}
