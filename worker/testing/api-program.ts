/** Serves the imports API beside a database of its own and no broker, and says its URL. */
import { startEmbeddedPostgres } from '../postgres/embedded.ts';
import { startImportsServer } from './imports-server.ts';

await using postgres = await startEmbeddedPostgres();
await using server = await startImportsServer(postgres.url, postgres.url);
process.stdout.write(`${server.url}\n`);
await new Promise((resolve) => process.stdin.resume().on('end', resolve));
for (const error of server.errors) process.stdout.write(`${error.stack ?? error.message}\n`);
