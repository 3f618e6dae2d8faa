import { execa } from 'execa';
import { NotRun } from '../../scenario/not-run.ts';

/**
 * Makes sure that a program is there before it is needed.
 *
 * @param what what is to be had with it.
 * @param where how to get the program.
 * @throws NotRun when it cannot be started.
 */
export async function requireProgram(program: string, what: string, where: string): Promise<void> {
  const { failed } = await execa(program, ['--version'], { reject: false, stdin: 'ignore' });
  if (failed) throw new NotRun(`${what} is not in the cache and getting it needs ${where}`);
}
