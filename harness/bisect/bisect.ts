import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  bisectionFile,
  bisectionSchema,
  type Bisection,
} from '../../catalog/evidence/bisection.ts';
import { Sources } from '../../catalog/evidence/digest.ts';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import { projectRoot } from '../../catalog/project.ts';
import {
  isIn,
  judgeBisection,
  judgeVersion,
  type JudgedBisection,
} from '../../catalog/verdict/bisection.ts';
import { findWriteup } from '../../catalog/writeup/find.ts';
import { readValidWriteups } from '../../catalog/writeup/read.ts';
import type { Engine } from '../../catalog/writeup/schema.ts';
import { harnessCommit } from '../record/commit.ts';
import { writeEvidence } from '../record/write-evidence.ts';
import { publishedVersions } from './published.ts';
import { edgesOf, nextToTry, probesAmong, probesByNow, type Known } from './search.ts';
import { chooseSubject, namedVersions } from './subject.ts';
import { Trials, type Subject, type Tried } from './try-versions.ts';

export interface BisectOptions {
  readonly bug: string;
  readonly claim?: string;
  readonly engine?: Engine;
  /** Ends of the search: versions in which the claim does not hold, and does. */
  readonly good?: string;
  readonly bad?: string;
  /** Every version, not only those that narrow a range down. */
  readonly all?: boolean;
  /** How often versions at the edges of a range are run. Default: 3. */
  readonly repeat?: number;
  readonly broker: string;
  readonly record?: boolean;
  /** The project that holds bugs/ and harness/. Default: this one. */
  readonly root?: string;
}

/** So often is a version run whose runs differ. */
const flickering = 10;
/** Few at once: what is done is kept when somebody stops the rest. */
const together = 4;

const say = (line: string) => void process.stderr.write(`${line}\n`);

/**
 * Runs a claim over the published versions of its engine, and tells in which it holds.
 *
 * @throws BadInput for a bug, a claim or a version that there is not, and when `record` is asked for
 * while sources differ from the commit.
 */
export async function bisect(options: BisectOptions): Promise<JudgedBisection> {
  const { root = projectRoot, broker, record = false, repeat = 3 } = options;
  const writeup = findWriteup(readValidWriteups(root).writeups, options.bug);
  const { claim, cell } = chooseSubject(writeup, { ...options, platform: process.platform });
  const { slug, signatures, id: bug } = writeup;
  const digests = new Sources(root).bisectionDigestsOf({ slug, claim, cell });
  const commit = record ? await harnessCommit(root) : '';
  const published = await publishedVersions(cell.engine, say);
  const subject: Subject = { root, writeup, claim, cell, digests, broker };
  const versions = between(published, options);
  const probes =
    options.good !== undefined || options.bad !== undefined
      ? { first: versions.filter((_, at) => at === 0 || at === versions.length - 1), older: [] }
      : probesAmong(versions, namedVersions(writeup, cell.engine));
  const all = options.all ?? false;
  say(`${bug} ${claim.id}: ${claim.says}`);
  say(
    `${versions.length} published versions of ${cell.engine}, ${versions[0] ?? ''} to ${versions.at(-1) ?? ''}`,
  );

  const trials = new Trials(subject);
  const tried = new Map<string, Tried>();
  const known = new Map<string, Known>();
  const note = (one: Tried, isKept: boolean) => {
    tried.set(one.version, one);
    if ('notRun' in one) {
      known.set(one.version, 'not run');
      say(`${one.version} not run: ${one.notRun}`);
      return;
    }
    const verdict = judgeVersion({ claim, cell, signatures }, one);
    known.set(one.version, isIn(verdict) ? 'in' : 'out');
    const { holding, total } = verdict.runs;
    say(
      `${one.version} ${verdict.state} (${holding} of ${total})${isKept ? ', as run before' : ''}: ${verdict.reason}`,
    );
  };
  const timesOf = (version: string) => {
    const one = tried.get(version);
    return one === undefined || 'notRun' in one ? 0 : one.conditions.length;
  };
  const tryAll = async (wanted: readonly string[], times: number) => {
    const missing: string[] = [];
    for (const version of wanted) {
      const before = tried.has(version) ? undefined : await trials.known(version);
      if (before !== undefined) note(before, true);
      if (timesOf(version) < times) missing.push(version);
    }
    for (let at = 0; at < missing.length; at += together) {
      const some = missing.slice(at, at + together);
      const lack = Math.max(...some.map((version) => times - timesOf(version)));
      say(`trying ${some.join(', ')} …`);
      for (const one of await trials.run(some, lack)) note(one, false);
    }
  };

  for (;;) {
    const next = nextToTry({ versions, all, probes: probesByNow(probes, known) }, known);
    if (next.length > 0) {
      await tryAll(next, 1);
      continue;
    }
    const unsure = edgesOf(versions, known).filter((version) => timesOf(version) < repeat);
    if (unsure.length > 0) {
      await tryAll(unsure, repeat);
      continue;
    }
    const flicker = [...tried.values()].flatMap((one) =>
      !('notRun' in one) &&
      judgeVersion({ claim, cell, signatures }, one).state === 'flickers' &&
      one.conditions.length < flickering
        ? one.version
        : [],
    );
    if (flicker.length === 0) break;
    await tryAll(flicker, flickering);
  }

  const bisection = toBisection(
    subject,
    published,
    [...versions.flatMap((one) => tried.get(one) ?? [])],
    commit,
  );
  if (bisection === undefined) {
    throw new BadInput(
      `expected at least one version of ${cell.engine} that runs here, got none. Type: poolproof harness ${bug.slice(4)}`,
    );
  }
  if (record) {
    const now = new Sources(root).bisectionDigestsOf({ slug, claim, cell });
    if (!isDeepStrictEqual(now, digests)) {
      throw new BadInput(
        'expected sources that stay as they are, got others than when it began. Bisect again.',
      );
    }
    const file = bisectionFile(bisection, root);
    await writeEvidence(new Map([[file, bisection]]));
    say(`recorded ${path.relative('', file)}`);
  }
  return judgeBisection(writeup, bisection, new Sources(root));
}

function between(published: readonly string[], { good, bad }: BisectOptions): string[] {
  const ends = [good, bad].flatMap((version) => {
    if (version === undefined) return [];
    const at = published.indexOf(version);
    if (at !== -1) return at;
    throw new BadInput(
      `expected a published version, got ${version}. There are ${published[0] ?? 'none'} to ${published.at(-1) ?? ''}`,
    );
  });
  if (ends.length === 0) return [...published];
  const other = ends.length === 2 ? Math.max(...ends) : published.length - 1;
  return published.slice(Math.min(...ends), other + 1);
}

function toBisection(
  { writeup, claim, cell, digests }: Subject,
  published: readonly string[],
  all: readonly Tried[],
  commit: string,
): Bisection | undefined {
  const tried = all.flatMap((one) => ('notRun' in one ? [] : [one]));
  const [first] = tried;
  if (first === undefined) return undefined;
  const { system, broker } = first;
  return bisectionSchema.parse({
    ...{ bug: writeup.id, slug: writeup.slug, claim: claim.id, says: claim.says, cell },
    recordedFrom: { commit, digests },
    published: published.join(' '),
    tried: tried.map(({ version, versions, conditions, runs }) => ({
      ...{ version, versions, conditions, runs },
    })),
    notRun: all.flatMap((one) =>
      'notRun' in one ? [{ version: one.version, reason: one.notRun }] : [],
    ),
    system,
    broker,
  });
}
