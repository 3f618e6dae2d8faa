import { NotRun } from '../not-run.ts';

/** Waits for something, or skips the test with the reason why this machine has it not. */
export async function orSkip<Result>(
  skip: (why: string) => never,
  work: Promise<Result>,
): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof NotRun) skip(error.message);
    throw error;
  }
}
