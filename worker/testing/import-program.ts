/** Runs the import of its second argument in the database of its first, and prints every progress. */
import { openDatabase } from '../database/open.ts';
import { runImport } from '../import/run-import.ts';

const [, , url = '', id = ''] = process.argv;
await using database = openDatabase(url);
await runImport(database, id, (progress) => {
  process.stdout.write(`${JSON.stringify(progress)}\n`);
});
