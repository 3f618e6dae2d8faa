import { execa } from 'execa';
import { BadInput } from '../../catalog/problem/bad-input.ts';

const tested = ['harness', 'bugs'];

/**
 * The commit that evidence will name as the harness that ran.
 *
 * @throws BadInput when harness/ or bugs/ hold changes that no commit has: nobody could run it again.
 */
export async function harnessCommit(root: string): Promise<string> {
  const git = (...args: string[]) => execa('git', ['-C', root, ...args]);
  const { stdout: status } = await git(
    'status',
    '--porcelain',
    '--',
    ...tested,
    ':!harness/evidence',
  );
  if (status !== '') {
    throw new BadInput(
      `expected harness/ and bugs/ as committed, since evidence names the commit, got:\n${status}\nCommit them, or leave out --record.`,
    );
  }
  const { stdout: commit } = await git('rev-parse', 'HEAD');
  return commit;
}
