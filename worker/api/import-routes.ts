import { createReadStream } from 'node:fs';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { listImports, onBadRowChoices, readImport } from '../import/import-record.ts';
import { readingOf, readingQuery } from '../import/reading.ts';
import { cancelImport } from '../lifecycle/reopen.ts';
import { NotUndone, undoImport } from '../lifecycle/undo-import.ts';
import { eventsRoute } from './import-events.ts';
import type { ImportService, StartedImport } from './import-service.ts';
import { Refusal, sendProblem } from './problem.ts';
import { nextPage, pageQuery, portfolioName, valid, type Answer, type Route } from './route.ts';
import { importList, importStates, problem, shownImport, startedImport } from './schemas.ts';

const startQuery = z.strictObject({
  portfolio: portfolioName.default('default'),
  onBadRow: z.enum(onBadRowChoices).default('reject'),
  ...readingQuery,
});
const startHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x20-\x7e]{1,200}$/, 'expected 1 to 200 printable ASCII characters')
    .optional(),
});
const listQuery = z.strictObject({
  portfolio: portfolioName.optional(),
  state: z.enum(importStates).optional(),
  before: z.uuid().optional(),
  ...pageQuery,
});

const notFound: Answer = { description: 'There is no import of this id', schema: problem };
const conflict: Answer = { description: 'Its state does not allow this', schema: problem };
const badRequest: Answer = { description: 'A parameter is wrong', schema: problem };
const answersOfStart: Route['answers'] = {
  200: { description: 'The import is done', schema: startedImport },
  202: { description: 'The import is queued', schema: startedImport },
  409: conflict,
  422: {
    description: 'The file is rejected, or the import failed. `record` tells the lines and why',
    schema: problem,
  },
};

/** Imports: taken, listed, followed, tried again, cancelled and undone. */
export function importRoutes(service: ImportService): Route[] {
  const { database } = service;
  return [
    {
      method: 'post',
      path: '/imports',
      name: 'startImport',
      summary: 'Import a CSV file into a portfolio',
      query: startQuery,
      headers: startHeaders,
      takesFile: true,
      answers: {
        ...answersOfStart,
        400: { description: 'A parameter or the form is wrong', schema: problem },
        408: { description: 'The upload is too slow', schema: problem },
        413: { description: 'The file is too large', schema: problem },
        415: { description: 'The body is no CSV file and no form', schema: problem },
      },
      handle: async (request, response) => {
        const query = valid(startQuery, request.query);
        const idempotencyKey = valid(startHeaders, request.headers)['idempotency-key'];
        await using file = await service.spool.receive(request);
        const content = createReadStream(file.path);
        const { portfolio, onBadRow } = query;
        const reading = readingOf(query);
        sendStarted(
          response,
          await service.start({ portfolio, onBadRow, reading, idempotencyKey, content }),
        );
      },
    },
    {
      method: 'get',
      path: '/imports',
      name: 'listImports',
      summary: 'The imports, newest first',
      query: listQuery,
      answers: { 200: { description: 'One page', schema: importList }, 400: badRequest },
      handle: async (request, response) => {
        const { imports, next } = await listImports(database, valid(listQuery, request.query));
        const place = next === null ? null : { before: next };
        response.json({ imports, next: nextPage(request, place) });
      },
    },
    {
      method: 'get',
      path: '/imports/{id}',
      name: 'readImport',
      summary: 'One import, and how far it is',
      answers: { 200: { description: 'The import', schema: shownImport }, 404: notFound },
      handle: async (request, response) => {
        response.json(await find(service, request));
      },
    },
    eventsRoute(database, (request) => find(service, request)),
    {
      method: 'post',
      path: '/imports/{id}/retry',
      name: 'retryImport',
      summary: 'Try an import again that was rejected, cancelled or has failed',
      answers: { ...answersOfStart, 404: notFound },
      handle: async (request, response) => {
        const { id, state } = await find(service, request);
        const started = await service.retry(id);
        if (!started) {
          throw new Refusal(
            409,
            `expected an import that is rejected, failed or cancelled, got one that is ${state}`,
          );
        }
        sendStarted(response, started);
      },
    },
    {
      method: 'post',
      path: '/imports/{id}/cancel',
      name: 'cancelImport',
      summary: 'Cancel an import that is not over',
      answers: {
        200: { description: 'It is cancelled', schema: shownImport },
        404: notFound,
        409: conflict,
      },
      handle: async (request, response) => {
        const { id } = await find(service, request);
        if (!(await cancelImport(database, id))) {
          const { state } = await find(service, request);
          throw new Refusal(409, `expected an import that is not over, got one that is ${state}`);
        }
        response.json(await find(service, request));
      },
    },
    {
      method: 'post',
      path: '/imports/{id}/undo',
      name: 'undoImport',
      summary: 'Take the transactions of an import out of its portfolio again',
      answers: {
        200: { description: 'It is undone', schema: shownImport },
        404: notFound,
        409: conflict,
      },
      handle: async (request, response) => {
        const { id } = await find(service, request);
        try {
          await undoImport(database, id);
        } catch (error) {
          throw error instanceof NotUndone ? new Refusal(409, error.message) : error;
        }
        response.json(await find(service, request));
      },
    },
  ];
}

function sendStarted(response: Response, started: StartedImport): void {
  response.location(`/imports/${started.import}`);
  if (started.mode === 'queued') {
    response.status(202).set('retry-after', '1').json(started);
    return;
  }
  const { record } = started;
  if (record.state === 'done' || record.state === 'undone') {
    response.json(started);
    return;
  }
  const why =
    record.reason ?? record.badRows.map(({ line, reason }) => `line ${line}: ${reason}`)[0];
  sendProblem(response, 422, `The import is ${record.state}: ${why ?? 'see record'}`, {
    ...started,
  });
}

async function find({ database }: ImportService, request: Request) {
  const id = String(request.params.id);
  const record = z.uuid().safeParse(id).success ? await readImport(database, id) : undefined;
  if (!record) throw new Refusal(404, `expected the id of an import, got "${id}"`);
  return record;
}
