/**
 * Takes and runs imports as `poolproof start` does, without its docs and its board.
 * PROJECT is this repository, DATABASE_URL where positions are, BROKER_URL where jobs are.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const project = pathToFileURL(path.join(process.env.PROJECT, 'worker', 'settings.ts'));
const load = (file) => import(new URL(file, project));
const express = createRequire(project)('express');
const { version } = createRequire(project)('bullmq/package.json');

const { openImportService } = await load('./api/import-service.ts');
const { createImportsRouter } = await load('./api/imports-router.ts');
const { startLiveWorker } = await load('./live-worker.ts');

const told = new Set();
/** The same errors come again for as long as the broker is away. */
function tellOnce({ message }) {
  if (!told.has(message)) console.log(message);
  told.add(message);
}

const options = {
  brokerUrl: process.env.BROKER_URL,
  databaseUrl: process.env.DATABASE_URL,
  onError: tellOnce,
};
const service = await openImportService(options);
const { pool } = await startLiveWorker({ ...options, pool: process.env.POOL });
const server = express()
  .use(createImportsRouter(service))
  .listen(0, '127.0.0.1', () => {
    console.log(`bullmq ${version}, pool ${pool}, at http://127.0.0.1:${server.address().port}`);
  });
