import { expect, test, vi } from 'vitest';
import { NotRun } from '../../not-run.ts';
import { embeddedBroker } from './open.ts';

vi.mock('../../../../worker/postgres/embedded.ts', () => ({
  startEmbeddedPostgres: () =>
    Promise.reject(
      new Error('Command failed: initdb\n\ninitdb: could not look up effective user ID 54321\n'),
    ),
}));

test('where the embedded PostgreSQL does not start, a run is not run, and what it said is told', async () => {
  const error = await embeddedBroker().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(NotRun);
  expect((error as NotRun).message).toBe(
    'the embedded PostgreSQL does not start: initdb: could not look up effective user ID 54321; type: --broker native',
  );
});
