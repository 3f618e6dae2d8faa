import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { compareVersions } from '../../catalog/diagnose/version-status.ts';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import type { Engine } from '../../catalog/writeup/schema.ts';
import { cacheFolder } from '../lab/cache/folder.ts';
import { NotRun } from '../lab/not-run.ts';
import { npm, pip } from '../lab/runtimes/package-managers.ts';
import { findPython } from '../lab/runtimes/python.ts';
import { runInstaller } from '../lab/runtimes/run-installer.ts';

const day = 24 * 60 * 60 * 1_000;

/** The list as it is kept in the cache. */
interface Kept {
  readonly at: number;
  readonly versions: readonly string[];
}

/**
 * The published versions of an engine, without those of a preview, the oldest first. Asked of npm or pip
 * as they are configured here, once a day; where the registry does not answer, the list of an earlier day
 * is taken, and that is said.
 *
 * @throws BadInput when no list can be had.
 */
export async function publishedVersions(
  engine: Engine,
  note: (message: string) => void,
): Promise<string[]> {
  const file = path.join(cacheFolder(), 'bisect', 'published', `${engine}.json`);
  const kept = await readKept(file);
  if (kept !== undefined && Date.now() - kept.at < day) return [...kept.versions];
  try {
    const versions = releasesIn(await (engine === 'celery' ? askPip(engine) : askNpm(engine)));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify({ at: Date.now(), versions }));
    return versions;
  } catch (error) {
    if (!(error instanceof NotRun)) throw error;
    if (kept === undefined) {
      throw new BadInput(`expected the published versions of ${engine}, got: ${error.message}`);
    }
    note(
      `the registry did not answer; the versions are those of ${new Date(kept.at).toISOString().slice(0, 10)}`,
    );
    return [...kept.versions];
  }
}

async function readKept(file: string): Promise<Kept | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Kept;
  } catch {
    // It is asked for anew.
    return undefined;
  }
}

/** Those of three numbers, each once, in order. */
export function releasesIn(versions: readonly string[]): string[] {
  const releases = versions.filter((version) => /^\d+\.\d+\.\d+$/.test(version));
  return [...new Set(releases)].sort(compareVersions);
}

async function askNpm(engine: Engine): Promise<string[]> {
  const what = `the list of versions of ${engine}`;
  const answer = await runInstaller({ what, ...npm }, 'npm', [
    'view',
    engine,
    'versions',
    '--json',
  ]);
  return [JSON.parse(answer) as string | string[]].flat();
}

/** pip has no answer for programs before 25.1, so its line for people is read. */
async function askPip(engine: Engine): Promise<string[]> {
  const { command } = await findPython();
  const [file = '', ...options] = command;
  const wanted = { what: `the list of versions of ${engine}`, from: 'PyPI', by: file };
  const answer = await runInstaller(wanted, file, [
    ...options,
    ...pip,
    'index',
    'versions',
    engine,
  ]);
  const line = /^Available versions: (.+)$/m.exec(answer)?.[1] ?? '';
  return line.split(',').map((version) => version.trim());
}
