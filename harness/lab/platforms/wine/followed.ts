import { writeFile } from 'node:fs/promises';
import { NotRun } from '../../not-run.ts';
import type { StartedProgram } from '../platform.ts';
import { followFile } from './follow-file.ts';
import type { Machine, WindowsProgram } from './machine.ts';

/** Starts a program that prints into a file, and passes on what it prints there. */
export async function startFollowed(
  machine: Machine,
  program: WindowsProgram & { readonly output: string },
  onLine: (line: string) => void,
): Promise<StartedProgram> {
  await writeFile(program.output, '');
  const started = await machine.start(program, onLine);
  const followed = followFile(program.output, started.ended, onLine);
  return {
    ...started,
    tell: () => Promise.reject(new NotRun('wine: a program that prints into a file reads nothing')),
    ended: started.ended.then(async (exit) => {
      await followed;
      return exit;
    }),
  };
}
