import path from 'node:path';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import { formatProblem } from '../../catalog/problem/problem.ts';
import { projectRoot } from '../../catalog/project.ts';
import { readResults } from '../../catalog/verdict/results.ts';
import { Sources } from '../../catalog/evidence/digest.ts';
import { readValidWriteups } from '../../catalog/writeup/read.ts';
import { engines, platforms, type Engine, type Writeup } from '../../catalog/writeup/schema.ts';
import { pin } from '../bisect/pin.ts';
import { publishedVersions } from '../bisect/published.ts';
import { runHarness } from '../harness.ts';
import { cacheFolder } from '../lab/cache/folder.ts';
import { moreLocks } from '../lab/engines/celery/native-lock.ts';
import { Progress } from '../report/progress.ts';
import type { Case } from '../selection/plan.ts';
import { select } from '../selection/select.ts';
import { compare, type Compared, type Known } from './compare.ts';
import { newerThan, newestNamed, speakingOf } from './new-versions.ts';

/** An engine at a version that no write-up names, and what came of the claims there. */
export interface Watched {
  readonly engine: Engine;
  readonly version: string;
  /** The newest version that write-ups name, with which it is compared. */
  readonly named: string;
  readonly compared: readonly Compared[];
}

export interface WatchOptions {
  /** Claims of these bugs alone. Default: all. */
  readonly bugs?: readonly string[];
  /** This engine alone; with a version that one, whether it is new or not. */
  readonly engine?: { readonly name: Engine; readonly version?: string };
  readonly broker: string;
  /** Only tells which versions are new. */
  readonly list?: boolean;
  /** The project that holds bugs/ and harness/. Default: this one. */
  readonly root?: string;
}

const say = (line: string) => void process.stderr.write(`${line}\n`);

/**
 * Asks npm and PyPI for versions of the engines that no write-up names, runs the claims that speak of
 * the newest one on the newest of those, and compares. Only cells of this machine's platform are run, and
 * nothing is recorded.
 *
 * @throws BadInput where a registry does not answer, for a bug that there is not, and when nothing is
 * selected.
 */
export async function watch(options: WatchOptions): Promise<Watched[]> {
  const { root = projectRoot, engine: only } = options;
  const { writeups, problems } = readValidWriteups(root);
  for (const problem of problems) say(`error: ${formatProblem(problem)}`);
  const watched: Watched[] = [];
  for (const engine of engines.filter((one) => (only?.name ?? one) === one)) {
    const named = newestNamed(writeups, engine);
    if (named === undefined) continue;
    const published = await publishedVersions(engine, say);
    const version = only?.version ?? newerThan(named, published).at(-1);
    if (version === undefined) {
      say(`${engine}: ${named} is the newest that write-ups name, and nothing newer is published`);
      continue;
    }
    if (!published.includes(version)) {
      throw new BadInput(
        `expected a published version of ${engine}, got ${version}. There are ${published[0] ?? 'none'} to ${published.at(-1) ?? ''}`,
      );
    }
    say(`${engine}: ${version}, held against ${named}`);
    const one = { engine, version, named };
    const compared = options.list ? [] : await tryVersion(one, writeups, { ...options, root });
    watched.push({ ...one, compared });
  }
  return watched;
}

async function tryVersion(
  { engine, version, named }: Omit<Watched, 'compared'>,
  writeups: readonly Writeup[],
  { bugs = [], broker, root }: WatchOptions & { readonly root: string },
): Promise<Compared[]> {
  const platform = platforms.find((one) => one === process.platform);
  if (platform === undefined)
    throw new BadInput(`expected a platform that claims speak of, got ${process.platform}`);
  const speaking = speakingOf(writeups, engine, { named, version });
  const cases = select(speaking, { bugs, engine: { name: engine, version }, platform }).filter(
    ({ claim }) => claim.run.versions.includes(named),
  );
  const locks = path.join(cacheFolder(), 'locks');
  const whyNot = engine === 'celery' ? await pinAll(cases, locks) : undefined;
  if (whyNot !== undefined) say(`error: ${whyNot}`);
  const { results, accidents } = await moreLocks.run(locks, () =>
    runHarness(root, cases, { broker, repeat: 1 }, new Progress(process.stderr)),
  );
  for (const accident of accidents) say(`error: an accident of no bug known: ${accident}`);
  return compare(results, recorded(writeups, cases, root), named);
}

/** Pins every set of packages that is wanted of a Celery. @returns why one of them cannot be. */
async function pinAll(cases: readonly Case[], locks: string): Promise<string | undefined> {
  const wanted = new Map(
    cases
      .flatMap(({ cell, control }) => [cell, ...control.cells])
      .map((cell) => [`${cell.version} ${(cell.install ?? []).join(' ')}`, cell]),
  );
  let whyNot: string | undefined;
  for (const cell of wanted.values()) {
    whyNot ??= await pin(cell, locks, (message) => {
      say(message);
    });
  }
  return whyNot;
}

function recorded(writeups: readonly Writeup[], cases: readonly Case[], root: string): Known[] {
  const sources = new Sources(root);
  const slugs = new Set(cases.map(({ slug }) => slug));
  return writeups
    .filter(({ slug }) => slugs.has(slug))
    .flatMap((writeup) =>
      readResults(writeup, root, sources).map(({ claim, cell, verdict }) => ({
        ...{ slug: writeup.slug, claim: claim.id, cell, verdict },
      })),
    );
}
