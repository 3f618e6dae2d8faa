import path from 'node:path';
import { execaSync } from 'execa';
import { evidenceFile, readEvidence } from '../evidence/read.ts';
import type { Problem } from '../problem/problem.ts';

/** What became of the commits that evidence names: problems, or why they could not be looked for. */
export type CommitCheck =
  { readonly problems: readonly Problem[] } | { readonly notChecked: string };

/**
 * Looks for the commits that evidence names in the history of the project. What the evidence was
 * recorded from is told by its digests; the commit only helps a reader to find it.
 *
 * @param root the folder that holds harness/ and .git.
 * @throws InvalidFiles where evidence cannot be read.
 */
export function checkCommits(root: string): CommitCheck {
  const git = (...args: string[]) => execaSync('git', ['-C', root, ...args], { reject: false });
  const shallow = git('rev-parse', '--is-shallow-repository');
  if (shallow.failed) return { notChecked: 'not checked: this is no Git repository' };
  if (shallow.stdout.trim() !== 'false') {
    return {
      notChecked: 'not checked: the history is not complete here; type: git fetch --unshallow',
    };
  }
  const { stdout } = git('rev-list', 'HEAD');
  const history = new Set(stdout.split(/\r?\n/));
  const problems = readEvidence('*', root)
    .filter(({ recordedFrom }) => !history.has(recordedFrom.commit))
    .map((evidence) => ({
      file: path.relative('', evidenceFile(evidence, root)),
      message: `recordedFrom.commit: expected a commit of this history, got ${evidence.recordedFrom.commit}. Record it again, from a commit that stays.`,
    }));
  return { problems };
}
