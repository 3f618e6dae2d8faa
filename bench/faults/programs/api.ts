/** Serves the imports API at the port of its argument; broker and database from the environment. */
import { once } from 'node:events';
import express from 'express';
import { openImportService } from '../../../worker/api/import-service.ts';
import { createImportsRouter } from '../../../worker/api/imports-router.ts';

const service = await openImportService({
  brokerUrl: process.env.BROKER_URL ?? '',
  databaseUrl: process.env.DATABASE_URL ?? '',
  onError: () => undefined,
});
const server = express()
  .use(createImportsRouter(service))
  .listen(Number(process.argv[2]), '127.0.0.1');
await once(server, 'listening');
process.stdout.write('READY\n');
