import { formatProblem, type Problem } from '../catalog/problem/problem.ts';

/** Tells of write-ups that cannot be used, on stderr: the others are shown all the same, and the exit is 2. */
export function reportInvalid(problems: readonly Problem[]): void {
  for (const problem of problems) process.stderr.write(`error: ${formatProblem(problem)}\n`);
  if (problems.length > 0) process.exitCode = 2;
}
