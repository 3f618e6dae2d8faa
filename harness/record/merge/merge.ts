import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { bisectionFile, readBisections } from '../../../catalog/evidence/bisection.ts';
import { Sources } from '../../../catalog/evidence/digest.ts';
import { evidenceFile, readEvidence } from '../../../catalog/evidence/read.ts';
import type { Problem } from '../../../catalog/problem/problem.ts';
import { folders, projectRoot } from '../../../catalog/project.ts';
import { readValidWriteups } from '../../../catalog/writeup/read.ts';
import { writeEvidence } from '../write-evidence.ts';
import { changesBy, idleOf, missesOf, type Change, type Idle, type Miss } from './changes.ts';
import { readHistory } from './history.ts';
import { readMachine, type Machine, type MachineFile } from './read-machine.ts';
import { conflicts, refusals } from './refusals.ts';

/** What came of a merge. */
export interface Merged {
  readonly machines: readonly {
    readonly folder: string;
    readonly system: string | null;
    readonly shard: string | null;
    /** Files of evidence that it brought. */
    readonly files: number;
  }[];
  /** Files that differ from those of the tree, below harness/evidence. */
  readonly written: readonly string[];
  readonly changes: readonly Change[];
  readonly missed: readonly Miss[];
  readonly notRun: readonly Idle[];
}

/** Why nothing was merged. */
export interface Refused {
  readonly refused: readonly Problem[];
}

/** A merge that may go ahead. */
export interface MergePlan {
  readonly merged: Merged;
  /** Writes all of it to harness/evidence, or none; BadInput when the disk does not take it. */
  readonly write: () => Promise<void>;
}

/**
 * Finds out what it would mean to merge the evidence of several machines into that of the project. A
 * file that is already there as it is brought is left alone, whatever may be said of it.
 *
 * @param names the folders that `harness --record-to` wrote, or other folders of evidence.
 * @param root the project that holds bugs/ and harness/. Default: this one.
 * @throws BadInput for a folder that there is not, and outside of a Git repository; InvalidFiles where
 * the evidence of the project itself cannot be read.
 */
export async function planMerge(
  names: readonly string[],
  root = projectRoot,
): Promise<MergePlan | Refused> {
  const read = names.map(readMachine);
  const machines = read.map(({ machine }) => machine);
  const known = readEvidence('*', root);
  const writeups = readValidWriteups(root);
  const sources = new Sources(root);
  const tree = { writeups, sources, history: await readHistory(root) };
  const there = new Map<string, unknown>([
    ...known.map((one) => [below(evidenceFile(one, root), root), one] as const),
    ...readBisections('*', root).map(
      (one) => [below(bisectionFile(one, root), root), one] as const,
    ),
  ]);
  const isNews = ({ name, content }: MachineFile) => !isDeepStrictEqual(there.get(name), content);
  const news = machines.flatMap(({ files }) => files.filter(isNews));
  const refused = [
    ...read.flatMap(({ problems }) => problems),
    ...conflicts(machines, tree),
    ...refusals(news, tree),
  ];
  if (refused.length > 0) return { refused };
  const files = new Map(news.map((one) => [one.name, one]));
  const runs = machines.flatMap(({ run }) => run ?? []);
  const brought = [...files.values()].flatMap((one) =>
    one.kind === 'evidence' ? [one.content] : [],
  );
  const folder = folders.evidence(root);
  const contents = [...files].map(
    ([name, { content }]) => [path.join(folder, ...name.split('/')), content] as const,
  );
  return {
    merged: {
      machines: machines.map(described),
      written: [...files.keys()].sort(),
      changes: changesBy(brought, known, writeups.writeups, sources),
      missed: missesOf(runs, known, writeups.writeups, sources),
      notRun: idleOf(runs),
    },
    write: () => writeEvidence(new Map(contents)),
  };
}

function described({ folder, files, run }: Machine): Merged['machines'][number] {
  const system = run && `${run.system.os} ${run.system.kernel} ${run.system.arch}`;
  return { folder, system: system ?? null, shard: run?.shard ?? null, files: files.length };
}

function below(file: string, root: string): string {
  return path.relative(folders.evidence(root), file).split(path.sep).join('/');
}

/** Whether something turned over or did not come out as written, so that a person has to look. */
export function needsALook({ changes, missed }: Pick<Merged, 'changes' | 'missed'>): boolean {
  return missed.length > 0 || changes.some((one) => one.kind === 'turned' || !one.asWritten);
}
