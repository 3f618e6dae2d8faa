import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Router } from 'express';
import pWaitFor from 'p-wait-for';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useDatabase } from '../testing/database.ts';
import { makeFaulty, makeSound } from '../testing/faulty-database.ts';
import { startImportsServer, type ImportsServer } from '../testing/imports-server.ts';
import { apiRoutes, createImportsRouter } from './imports-router.ts';

const header = 'date,symbol,side,quantity,price,fees,currency\n';
const fileOf = (...rows: string[]) => `${header}${rows.join('\n')}\n`;
const bought = '2026-01-02,ABC,buy,10,100,5,EUR';
const context = useDatabase();
let server: ImportsServer;
beforeAll(async () => {
  // Nothing listens on the discard port: every import runs at once.
  server = await startImportsServer('redis://127.0.0.1:9', context.url);
});
afterAll(() => server[Symbol.asyncDispose]());

const call = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, init);

async function importRows(portfolio: string, ...rows: string[]): Promise<string> {
  const { body } = await server.post(fileOf(...rows), `portfolio=${portfolio}`);
  return (body as { import: string }).import;
}

describe('every error is a problem', () => {
  test.for<[string, string, number]>([
    ['GET', '/imports/7', 404],
    ['GET', '/imports/7/unknown', 404],
    ['GET', '/portfolios/x', 404],
    ['DELETE', '/imports', 405],
    ['PUT', '/positions', 405],
    ['GET', '/imports?limit=0', 400],
    ['GET', '/imports?limit=501', 400],
    ['GET', '/imports?before=x', 400],
    ['GET', '/imports?state=lost', 400],
    ['GET', '/imports?unknown=1', 400],
    ['GET', '/positions?portfolio=%00', 400],
    ['GET', '/positions?portfolio=a&portfolio=b', 400],
    ['GET', '/transactions?after=1', 400],
    ['GET', '/transactions?symbol=%00', 400],
    ['GET', '/imports/%E0%A4%A', 400],
    ['POST', '/imports/7/retry', 404],
    ['POST', '/imports/00000000-0000-4000-8000-000000000000/cancel', 404],
  ])('%s %s is %i', async ([method, path, status]) => {
    const response = await call(path, { method });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await response.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({
      status,
      type: expect.stringMatching(/^\/problems\//) as string,
      title: expect.any(String) as string,
      detail: expect.any(String) as string,
    });
    expect(JSON.stringify(problem)).not.toMatch(/node_modules|\.ts:|at \w+ \(/);
  });

  test('also what nobody expected, whose reason stays in the log', async () => {
    await context.database.pool.query('alter table poolproof.positions rename to elsewhere');
    const response = await call('/positions');
    await context.database.pool.query('alter table poolproof.elsewhere rename to positions');
    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.text()).not.toContain('positions');
    expect(server.errors.map(({ message }) => message)).toContain(
      'relation "poolproof.positions" does not exist',
    );
  });
});

test('an import that failed tells why, and can be retried', async () => {
  await makeFaulty(context.database);
  const key = { 'idempotency-key': 'poison' };
  const poison = fileOf('2026-01-02,POISON,buy,10,100,5,EUR');
  const { status, body } = await server.post(poison, 'portfolio=failed', key);
  expect(status).toBe(422);
  expect(body).toMatchObject({
    detail: 'The import is failed: no such character',
    record: { state: 'failed', reason: 'no such character', attempts: 1 },
  });
  const { import: id } = body as { import: string };
  expect(await server.get(`/imports/${id}`)).toMatchObject({ body: { state: 'failed' } });
  // Nothing has changed yet: it fails again.
  expect(await server.post(poison, 'portfolio=failed', key)).toMatchObject({
    status: 422,
    body: { import: id },
  });
  await makeSound(context.database);
  const retried = await call(`/imports/${id}/retry`, { method: 'POST' });
  expect(retried.status).toBe(200);
  expect(await retried.json()).toMatchObject({ import: id, record: { state: 'done' } });
  expect((await call(`/imports/${id}/retry`, { method: 'POST' })).status).toBe(409);
});

test('the same key again tells how the import ended', async () => {
  const key = { 'idempotency-key': 'known' };
  const first = await server.post(fileOf(bought), 'portfolio=known', key);
  expect(first).toMatchObject({ status: 200, body: { mode: 'sync' } });
  const again = await server.post(fileOf(bought), 'portfolio=known', key);
  expect(again).toMatchObject({ status: 200, body: { mode: 'known', record: { state: 'done' } } });
});

test('an import can be cancelled only while it is not over, and undone only when it is done', async () => {
  const id = await importRows('undo', bought);
  const act = (action: string) => call(`/imports/${id}/${action}`, { method: 'POST' });
  expect((await act('cancel')).status).toBe(409);
  const undone = await act('undo');
  expect(undone.status).toBe(200);
  expect(await undone.json()).toMatchObject({ id, state: 'undone' });
  expect(await server.get('/positions?portfolio=undo')).toMatchObject({ body: { positions: [] } });
  expect((await act('undo')).status).toBe(409);
  expect(await server.post(fileOf(bought), 'portfolio=undo')).toMatchObject({ status: 200 });
});

/** Reads a list page by page. */
async function readAll<T>(path: string, list: string): Promise<T[]> {
  const found: T[] = [];
  for (let next: string | null = path; next !== null;) {
    const { status, body } = await server.get(next);
    expect(status).toBe(200);
    const page = body as Record<string, T[]> & { next: string | null };
    found.push(...(page[list] ?? []));
    next = page.next;
  }
  return found;
}

test('lists come in pages that leave nothing out and show nothing twice', async () => {
  const ids: string[] = [];
  // More than nine, so that their numbers differ in length: sorted as text, they would come in another order.
  for (let day = 11; day <= 22; day++) {
    const buy = (quantity: number) => `2026-02-${day},ABC,buy,${quantity},1,0,EUR`;
    ids.push(await importRows('paged', buy(1), buy(2)));
  }
  const imports = await readAll<{ id: string }>('/imports?portfolio=paged&limit=2', 'imports');
  expect(imports.map(({ id }) => id)).toEqual(ids.toReversed());
  const path = '/transactions?portfolio=paged&limit=3';
  const transactions = await readAll<{ import: string; line: number }>(path, 'transactions');
  expect(transactions.map((one) => [one.import, one.line])).toEqual(
    ids.flatMap((id) => [
      [id, 2],
      [id, 3],
    ]),
  );
  expect(transactions[0]).toEqual({
    import: ids[0],
    line: 2,
    date: '2026-02-11',
    symbol: 'ABC',
    side: 'buy',
    quantity: '1',
    price: '1',
    fees: '0',
    currency: 'EUR',
  });
  const [last = ''] = ids.slice(-1);
  expect(
    await readAll(`/transactions?portfolio=paged&import=${last}`, 'transactions'),
  ).toHaveLength(2);
  const portfolios = await readAll<{ portfolio: string }>('/portfolios?limit=1', 'portfolios');
  const names = portfolios.map(({ portfolio }) => portfolio);
  expect(names).toContain('paged');
  expect(names).toEqual([...new Set(names)]);
  expect(portfolios.find(({ portfolio }) => portfolio === 'paged')).toMatchObject({
    imports: 12,
    open: 0,
  });
});

describe('events', () => {
  test('tell of an import until it is over', async () => {
    await makeFaulty(context.database);
    const slow = server.post(fileOf('2026-01-02,SLOW,buy,1,1,0,EUR'), 'portfolio=events');
    const find = async () =>
      ((await server.get('/imports?portfolio=events')).body as { imports: { id: string }[] })
        .imports[0]?.id;
    await pWaitFor(async () => (await find()) !== undefined, { interval: 20, timeout: 10_000 });
    const id = (await find()) ?? '';
    const response = await call(`/imports/${id}/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    await pWaitFor(
      async () =>
        ((await server.get(`/imports/${id}`)).body as { state: string }).state === 'running',
      { interval: 20, timeout: 10_000 },
    );
    expect((await call(`/imports/${id}/cancel`, { method: 'POST' })).status).toBe(200);
    const events = await response.text();
    expect(events).toMatch(/^event: import\nid: \S+\ndata: {.*"state":"(?:waiting|running)"/m);
    expect(events).toMatch(/"state":"cancelled"[^\n]*\n\n$/);
    await slow;
    await makeSound(context.database);
  });

  test('of an import that is over come once, and never again to who has seen them', async () => {
    const id = await importRows('over', bought);
    const response = await call(`/imports/${id}/events`);
    const [, last = ''] = /^id: (.*)$/m.exec(await response.text()) ?? [];
    const again = await call(`/imports/${id}/events`, { headers: { 'last-event-id': last } });
    expect(again.status).toBe(204);
    expect((await call('/imports/7/events')).status).toBe(404);
  });
});

describe('the OpenAPI document', () => {
  interface Layer {
    readonly route?: { readonly path: string; readonly methods: Record<string, boolean> };
    readonly handle: { readonly stack?: readonly Layer[] };
  }
  const pathsOf = ({ stack = [] }: { readonly stack?: readonly Layer[] }): string[] =>
    stack.flatMap(({ route, handle }) => {
      if (!route) return pathsOf(handle);
      const methods = Object.keys(route.methods).filter(
        (name) => !['_all', 'options'].includes(name),
      );
      return methods.map((method) => `${method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`);
    });

  test('names every route that is served, and none that is not', async () => {
    const { body } = await server.get('/openapi.json');
    const { paths } = body as { paths: Record<string, Record<string, unknown>> };
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    const served = pathsOf(createImportsRouter(server.service) as Router & { stack: Layer[] });
    expect(described.toSorted()).toEqual(served.toSorted());
    expect(described).toHaveLength(apiRoutes(server.service).length);
  });
});

describe('an upload', () => {
  const upload = async (lines: string[], body: string) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      `${['POST /imports HTTP/1.1', 'host: x', 'content-type: text/csv', ...lines].join('\r\n')}\r\n\r\n${body}`,
    );
    return { socket, answer: text(socket) };
  };

  test('that says it is too large is refused before it comes', async () => {
    const { answer } = await upload([`content-length: ${2 * 1024 ** 3}`], '');
    expect(await answer).toMatch(/^HTTP\/1.1 413 [^]*application\/problem\+json/);
  });

  test('that is slow holds nothing that another one needs', async () => {
    const slow = await Promise.all(
      Array.from({ length: 12 }, () => upload(['content-length: 1000'], 'date,')),
    );
    const { status } = await server.post(fileOf(bought), 'portfolio=beside');
    expect(status).toBe(200);
    for (const { socket } of slow) socket.destroy();
    await Promise.all(slow.map(({ answer }) => answer.catch(() => undefined)));
  });

  test('that is broken off leaves no import', async () => {
    const { socket, answer } = await upload(['content-length: 1000'], fileOf(bought));
    socket.destroy();
    await answer.catch(() => undefined);
    expect(await server.get('/imports?portfolio=default')).toMatchObject({ body: { imports: [] } });
  });
});
