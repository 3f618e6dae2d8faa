import { beforeAll, beforeEach } from 'vitest';
import { NotRun } from '../not-run.ts';

/** Long enough to download what is missing, in milliseconds. */
const prepareMs = 600_000;

/**
 * Gets what all tests of a file or a `describe` need, once, before the first of them. Where it cannot
 * be had here, each is skipped, with the reason.
 *
 * @param prepare throws `NotRun` with what is missing.
 * @returns what it got, for use in tests and hooks.
 */
export function usePrepared<Prepared>(prepare: () => Promise<Prepared>): () => Prepared {
  let prepared: { readonly value: Prepared } | NotRun | undefined;
  beforeAll(async () => {
    try {
      prepared = { value: await prepare() };
    } catch (error) {
      if (!(error instanceof NotRun)) throw error;
      prepared = error;
    }
  }, prepareMs);
  beforeEach(({ skip }) => {
    if (prepared instanceof NotRun) skip(prepared.message);
  });
  return () => {
    if (prepared instanceof NotRun) throw prepared;
    if (prepared === undefined) throw new Error('It is there in tests and hooks alone.');
    return prepared.value;
  };
}
