import type { Request } from 'express';
import type { Database } from '../database/open.ts';
import { isOver, readImport, type ImportRecord } from '../import/import-record.ts';
import { pause } from '../pause.ts';
import { Refusal } from './problem.ts';
import type { Route } from './route.ts';
import { problem } from './schemas.ts';

/** How often an import that is followed is read, in milliseconds, and after how many a sign of life comes. */
const everyMs = 300;
const silenceMs = 15_000;
/** Streams that one process keeps open. */
const mostStreams = 100;

/**
 * Server-sent events of one import: an event `import` with the record whenever it changes, the last
 * one when it is over; then the stream ends. A browser that connects again after that gets 204, which
 * tells it to stop.
 */
export function eventsRoute(
  database: Database,
  find: (request: Request) => Promise<ImportRecord>,
): Route {
  let open = 0;
  return {
    method: 'get',
    path: '/imports/{id}/events',
    name: 'followImport',
    summary: 'Server-sent events of an import, until it is over',
    answers: {
      200: {
        description: 'Events named `import`, each with the import',
        type: 'text/event-stream',
      },
      204: { description: 'The last event has been seen' },
      404: { description: 'There is no import of this id', schema: problem },
      503: { description: 'Too many are being followed', schema: problem },
    },
    handle: async (request, response) => {
      const first = await find(request);
      if (isOver(first) && request.headers['last-event-id'] === eventId(first)) {
        response.status(204).end();
        return;
      }
      if (open >= mostStreams) {
        throw new Refusal(503, `${mostStreams} imports are being followed. Try again later.`);
      }
      open++;
      const left = new AbortController();
      response.on('close', () => {
        left.abort();
      });
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      try {
        for await (const text of eventsOf(database, first, left.signal)) response.write(text);
      } catch {
        // The database went away, or the reader did: who still wants to know connects again.
      } finally {
        open--;
        response.end();
      }
    },
  };
}

async function* eventsOf(
  database: Database,
  first: ImportRecord,
  signal: AbortSignal,
): AsyncGenerator<string> {
  let record = first;
  let told: string | undefined;
  let toldAt = performance.now();
  for (;;) {
    const id = eventId(record);
    if (id !== told) {
      yield `event: import\nid: ${id}\ndata: ${JSON.stringify(record)}\n\n`;
      [told, toldAt] = [id, performance.now()];
    } else if (performance.now() - toldAt > silenceMs) {
      yield ': still there\n\n';
      toldAt = performance.now();
    }
    if (isOver(record)) return;
    await pause(everyMs, signal);
    if (signal.aborted) return;
    const read = await readImport(database, record.id);
    if (!read) return;
    record = read;
  }
}

/** The same for as long as there is nothing new to tell. */
function eventId({ state, attempts, progress, finishedAt }: ImportRecord): string {
  return [state, attempts, progress?.bytes ?? 0, finishedAt ?? ''].join('/');
}
