import { execa } from 'execa';
import { BadInput } from '../../../catalog/problem/bad-input.ts';

/** The commits that a project stands on. */
export interface History {
  readonly commits: ReadonlySet<string>;
  /** Why an older commit may be missing; undefined where the history is complete. */
  readonly incomplete: string | undefined;
}

/** @throws BadInput outside of a Git repository. */
export async function readHistory(root: string): Promise<History> {
  const git = (...args: string[]) => execa('git', ['-C', root, ...args], { reject: false });
  const [shallow, list] = await Promise.all([
    git('rev-parse', '--is-shallow-repository'),
    git('rev-list', 'HEAD'),
  ]);
  if (shallow.failed || list.failed) {
    throw new BadInput(
      `expected a Git repository with a commit, since evidence names the commit it was recorded from, got ${root}. Merge in a clone of the project`,
    );
  }
  return {
    commits: new Set(list.stdout.split(/\r?\n/)),
    incomplete:
      shallow.stdout.trim() === 'false'
        ? undefined
        : 'the history is not complete here; type: git fetch --unshallow',
  };
}
