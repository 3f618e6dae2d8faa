import { BadInput } from '../../catalog/problem/bad-input.ts';
import type { StartedImport } from '../../worker/api/import-service.ts';
import type { ImportRecord } from '../../worker/import/import-record.ts';

/** The imports API of a running server. */
export interface ImportsClient {
  readonly start: (file: Blob, query: URLSearchParams) => Promise<StartedImport>;
  readonly read: (id: string) => Promise<ImportRecord>;
}

/** Statuses that carry an answer: done, queued, rejected for its rows. */
const answers = [200, 202, 422];

/** @throws BadInput when the server's address is none. */
export function createImportsClient(server: string): ImportsClient {
  if (!URL.canParse(server)) {
    throw new BadInput(
      `expected the server's address, got "${server}". Try --server http://127.0.0.1:3000`,
    );
  }
  return {
    start: async (file, query) => {
      const url = new URL('/imports', server);
      url.search = query.toString();
      const init = { method: 'POST', body: file, headers: { 'content-type': 'text/csv' } };
      return (await call(url, init)) as StartedImport;
    },
    read: async (id) => (await call(new URL(`/imports/${id}`, server))) as ImportRecord,
  };
}

async function call(url: URL, init?: RequestInit): Promise<unknown> {
  const response = await fetch(url, init).catch((cause: unknown) => {
    throw new BadInput(
      `expected a poolproof server at ${url.origin}, got no answer. ` +
        'Start one with npm start, or name another with --server',
      { cause },
    );
  });
  const body = await response.text();
  if (answers.includes(response.status)) return JSON.parse(body);
  throw new BadInput(`${url.origin} answered ${response.status}: ${errorOf(body)}`);
}

function errorOf(body: string): string {
  try {
    const { detail } = JSON.parse(body) as { detail?: unknown };
    if (typeof detail === 'string') return detail;
  } catch {
    // No JSON, so none of ours.
  }
  return 'something that is no answer of poolproof’s. Is another program there?';
}
