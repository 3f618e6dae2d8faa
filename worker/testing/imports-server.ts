import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { openImportService, type ImportService } from '../api/import-service.ts';
import { createImportsRouter } from '../api/imports-router.ts';

export interface ImportsServer extends AsyncDisposable {
  readonly url: string;
  readonly service: ImportService;
  /** What the server told that it did not expect. */
  readonly errors: readonly Error[];
  /** Sends a file as a client of the API does. */
  readonly post: (
    csv: string,
    query?: string,
    headers?: Record<string, string>,
  ) => Promise<{ status: number; body: unknown }>;
  readonly get: (path: string) => Promise<{ status: number; body: unknown }>;
}

/** The imports API alone, on a port of its own. */
export async function startImportsServer(
  brokerUrl: string,
  databaseUrl: string,
): Promise<ImportsServer> {
  const errors: Error[] = [];
  const service = await openImportService({
    brokerUrl,
    databaseUrl,
    onError: (error) => errors.push(error),
  });
  const server = express().use(createImportsRouter(service)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const call = async (path: string, init?: RequestInit) => {
    const response = await fetch(`${url}${path}`, init);
    return { status: response.status, body: (await response.json()) as unknown };
  };
  return {
    url,
    service,
    errors,
    post: (csv, query = '', headers = {}) =>
      call(`/imports?${query}`, {
        method: 'POST',
        body: csv,
        headers: { 'content-type': 'text/csv', ...headers },
      }),
    get: (path) => call(path),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await service[Symbol.asyncDispose]();
    },
  };
}
