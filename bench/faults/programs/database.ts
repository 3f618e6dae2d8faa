/** Holds an embedded PostgreSQL in the folder of its argument, and says its URL and its folder. */
import { startEmbeddedPostgres } from '../../../worker/postgres/embedded.ts';

const postgres = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '' });
process.stdout.write(`${JSON.stringify({ url: postgres.url, dir: postgres.dir })}\n`);
process.stdin.resume().on('end', () => void postgres[Symbol.asyncDispose]());
