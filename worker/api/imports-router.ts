import { Router, type ErrorRequestHandler, type Request } from 'express';
import { z } from 'zod';
import { isDatabaseDown } from '../database/is-down.ts';
import { listImports, onBadRowChoices, readImport } from '../import/import-record.ts';
import { KeyReused } from '../import/stage-import.ts';
import { readPositions } from '../positions/read-positions.ts';
import { isOverWithin } from '../within.ts';
import type { ImportService } from './import-service.ts';
import { Refusal } from './refusal.ts';
import { readUpload } from './upload.ts';

const portfolio = z.string().trim().min(1).max(64).default('default');
const startQuery = z.strictObject({
  portfolio,
  onBadRow: z.enum(onBadRowChoices).default('reject'),
});
const startHeaders = z.object({ 'idempotency-key': z.string().min(1).max(200).optional() });
const positionsQuery = z.strictObject({ portfolio });
const importId = z.uuid();

/** How long the broker may take to say how far a job is, in milliseconds. */
const progressDeadlineMs = 300;
const listed = 50;

/**
 * The API of the live worker.
 *
 * - `POST /imports?portfolio=NAME&onBadRow=reject|skip`, the file as text/csv or in a form, with an
 *   `Idempotency-Key` if wanted: 202 with `{"mode": "queued", "import": id}`; or, without a broker,
 *   `{"mode": "sync", "import": id, "reason", "record"}`, 200 when it is done and 422 when rejected.
 * - `GET /imports` and `GET /imports/ID`: the imports, and how far one is.
 * - `GET /positions?portfolio=NAME`: what is held. Numbers are strings, so that they stay exact.
 *
 * Errors are `{"error": message}`; 503 when the database does not answer.
 */
export function createImportsRouter(service: ImportService): Router {
  const router = Router();
  router.post('/imports', async (request, response) => {
    const query = valid(startQuery, request.query);
    const idempotencyKey = valid(startHeaders, request.headers)['idempotency-key'];
    const started = await service.start({
      ...query,
      idempotencyKey,
      content: readUpload(request),
    });
    response.location(`/imports/${started.import}`);
    response.status(statusOf(started)).json(started);
  });
  router.get('/imports', async (_request, response) => {
    response.json({ imports: await listImports(service.database, listed) });
  });
  router.get('/imports/:id', async (request, response) => {
    const { id } = request.params;
    const record = importId.safeParse(id).success
      ? await readImport(service.database, id)
      : undefined;
    if (!record) throw new Refusal(404, `expected the id of an import, got "${id}"`);
    const progress = record.state === 'waiting' ? await progressOf(service, id) : undefined;
    response.json({ ...record, progress });
  });
  router.get('/positions', async (request, response) => {
    const query = valid(positionsQuery, request.query);
    const positions = await readPositions(service.database, query.portfolio);
    response.json({ ...query, positions });
  });
  router.use(answerErrors);
  return router;
}

function statusOf(started: Awaited<ReturnType<ImportService['start']>>): number {
  if (started.mode === 'queued') return 202;
  return started.record.state === 'rejected' ? 422 : 200;
}

function valid<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal(400, z.prettifyError(parsed.error));
}

/** What the job last told. Not worth waiting for a broker that is away. */
async function progressOf({ queue }: ImportService, id: string): Promise<unknown> {
  let progress: unknown;
  const asked = queue.getJob(id).then((job) => (progress = job?.progress));
  await isOverWithin(asked, progressDeadlineMs);
  return progress;
}

const answerErrors: ErrorRequestHandler = (error: unknown, request: Request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  // What is left of an upload is not read: the connection cannot be used again.
  if (!request.complete) response.set('connection', 'close');
  if (error instanceof Refusal) response.status(error.status).json({ error: error.message });
  else if (error instanceof KeyReused) response.status(409).json({ error: error.message });
  else if (isDatabaseDown(error)) {
    response.status(503).json({
      error:
        'The database does not answer. Try again later, with the same Idempotency-Key: nothing counts twice.',
    });
  } else next(error);
};
