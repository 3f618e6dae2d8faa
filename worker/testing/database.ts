import { afterAll, beforeAll } from 'vitest';
import { openDatabase, type Database } from '../database/open.ts';
import { createSchema } from '../database/schema.ts';
import { startEmbeddedPostgres } from '../postgres/embedded.ts';

/** One embedded server for all tests of a file. The database is there once the tests run. */
export function useDatabase(): { readonly database: Database; readonly url: string } {
  const stack = new AsyncDisposableStack();
  const held: { database?: Database; url?: string } = {};
  beforeAll(async () => {
    held.url = stack.use(await startEmbeddedPostgres()).url;
    held.database = stack.use(openDatabase(held.url));
    await createSchema(held.database);
  });
  afterAll(() => stack.disposeAsync());
  const present = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('The database is there in tests and hooks alone.');
    return value;
  };
  return {
    get database() {
      return present(held.database);
    },
    get url() {
      return present(held.url);
    },
  };
}
