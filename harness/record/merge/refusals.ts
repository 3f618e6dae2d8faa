import { isDeepStrictEqual } from 'node:util';
import { cellsOf } from '../../../catalog/evidence/cells.ts';
import type { Sources } from '../../../catalog/evidence/digest.ts';
import { wrongLabels } from '../../../catalog/evidence/labels.ts';
import { findMachineTraces } from '../../../catalog/evidence/machine-traces.ts';
import { cellName } from '../../../catalog/evidence/schema.ts';
import { whyBisectionStale, whyStale } from '../../../catalog/evidence/stale.ts';
import type { Problem } from '../../../catalog/problem/problem.ts';
import { judgeEvidence } from '../../../catalog/verdict/judge-evidence.ts';
import type { ReadWriteups } from '../../../catalog/writeup/read.ts';
import type { Writeup } from '../../../catalog/writeup/schema.ts';
import { slugsOf } from '../orphans.ts';
import type { History } from './history.ts';
import type { Machine, MachineFile } from './read-machine.ts';

/** What evidence of machines is held against. */
export interface Tree {
  readonly writeups: ReadWriteups;
  readonly sources: Sources;
  readonly history: History;
}

/** Why files of evidence cannot be merged into a tree, with the line that says so. */
export function refusals(files: readonly MachineFile[], tree: Tree): Problem[] {
  return files.flatMap((one) => {
    const wrong = (message: string, ...at: (string | number)[]): Problem => {
      const line = one.lineOf(...at);
      return { file: one.file, ...(line !== undefined && { line }), message };
    };
    return [
      ...foreignCommit(one, tree, wrong),
      ...(one.kind === 'evidence' ? mislabelled(one, wrong) : []),
      ...notOfTheTree(one, tree, wrong),
      ...findMachineTraces(one.content).map(({ at, text, placeholder }) =>
        wrong(
          `${at}: expected ${placeholder}, got "${text}", which is of one machine alone. ${again}`,
        ),
      ),
    ];
  });
}

/** Records of the same cell that differ: which of them to believe is nothing that a merge can know. */
export function conflicts(machines: readonly Machine[], tree: Tree): Problem[] {
  const byName = Map.groupBy(
    machines.flatMap(({ files }) => files),
    ({ name }) => name,
  );
  return [...byName.values()].flatMap(([first, ...others]) =>
    others.flatMap((other) => {
      if (first === undefined || isDeepStrictEqual(first.content, other.content)) return [];
      const difference = differenceOf(first, other, tree);
      const message = `expected one record of ${other.content.claim} on ${cellName(other.content.cell)}, got another in ${first.file}; ${difference}. Remove one of the two files, or leave one of the folders out.`;
      return [{ file: other.file, message }];
    }),
  );
}

const again = 'Record it again on this commit, or leave it out.';

type Wrong = (message: string, ...at: (string | number)[]) => Problem;

function foreignCommit(
  { content }: MachineFile,
  { history: { commits, incomplete } }: Tree,
  wrong: Wrong,
): Problem[] {
  const { commit } = content.recordedFrom;
  if (commits.has(commit)) return [];
  const why = incomplete === undefined ? again : `Maybe ${incomplete}.`;
  const message = `expected evidence of a commit of this history, got one of ${commit}. ${why}`;
  return [wrong(message, 'recordedFrom', 'commit')];
}

function mislabelled({ content }: MachineFile & { kind: 'evidence' }, wrong: Wrong): Problem[] {
  return wrongLabels(content).map((label) => wrong(`${label}. Remove the file.`, 'versions'));
}

function notOfTheTree(one: MachineFile, { writeups, sources }: Tree, wrong: Wrong): Problem[] {
  const { slug, bug, claim: id, cell: recorded } = one.content;
  if (slugsOf(writeups.problems).has(slug)) {
    return [
      wrong(
        `expected a write-up of ${slug} that can be used, got one with faults. Type: npm run check -- ${bug.replace('BUG-', '')}`,
      ),
    ];
  }
  const writeup = writeups.writeups.find((each) => each.slug === slug);
  if (writeup?.id !== bug) {
    return [
      wrong(
        `expected a bug ${bug} named ${slug} in this tree, got none. Remove the file, or merge the write-up first.`,
        'slug',
      ),
    ];
  }
  const claim = writeup.claims.find((each) => each.id === id);
  if (claim === undefined) {
    return [
      wrong(`expected a claim "${id}" in ${writeup.file}, got none. Remove the file.`, 'claim'),
    ];
  }
  const stale =
    one.kind === 'bisection'
      ? whyBisectionStale(writeup, one.content, sources)
      : whyEvidenceStale(one, writeup, sources);
  if (stale === 'no cell') {
    return [
      wrong(
        `expected "${id}" to speak of ${cellName(recorded)}, got a claim that does not. Remove the file.`,
        'cell',
      ),
    ];
  }
  return stale === undefined
    ? []
    : [
        wrong(
          `expected evidence of what stands in this tree, got stale evidence: ${stale}. ${again}`,
          'recordedFrom',
          'digests',
        ),
      ];
}

function whyEvidenceStale(
  { content }: MachineFile & { kind: 'evidence' },
  writeup: Writeup,
  sources: Sources,
): string | undefined {
  const claim = writeup.claims.find(({ id }) => id === content.claim);
  const name = cellName(content.cell);
  const cell = claim && cellsOf(claim).find((one) => cellName(one) === name);
  if (claim === undefined || cell === undefined) return 'no cell';
  return whyStale(writeup, { claim, cell }, content, sources);
}

function differenceOf(one: MachineFile, other: MachineFile, { writeups }: Tree): string {
  if (one.kind !== 'evidence' || other.kind !== 'evidence') return 'their runs differ';
  const writeup = writeups.writeups.find(({ slug }) => slug === one.content.slug);
  if (writeup === undefined) return 'their runs differ';
  const [first, second] = [one, other].map(
    ({ content }) => judgeEvidence(writeup, content).verdict,
  );
  return first === second
    ? `both come to ${first ?? ''}, in runs that differ`
    : `that one comes to ${first ?? ''}, this one to ${second ?? ''}`;
}
