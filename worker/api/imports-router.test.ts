import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSchema } from '../database/schema.ts';
import { openDatabase } from '../database/open.ts';
import { startEmbeddedPostgres } from '../postgres/embedded.ts';
import { useDatabase } from '../testing/database.ts';
import { startImportsServer, type ImportsServer } from '../testing/imports-server.ts';

const header = 'date,symbol,side,quantity,price,fees,currency\n';
const file = `${header}2026-01-02,ABC,buy,10,100,5,EUR\n`;
const context = useDatabase();
let server: ImportsServer;
beforeAll(async () => {
  // Nothing listens on the discard port: every import runs at once.
  server = await startImportsServer('redis://127.0.0.1:9', context.url);
});
afterAll(() => server[Symbol.asyncDispose]());

describe('an import', () => {
  test('is read back by its id, and its positions by their portfolio', async () => {
    const { body } = await server.post(file, 'portfolio=one');
    const { import: id } = body as { import: string };
    expect(await server.get(`/imports/${id}`)).toMatchObject({
      status: 200,
      body: { id, portfolio: 'one', state: 'done', rows: 1, imported: 1, badRows: [] },
    });
    expect(await server.get('/positions?portfolio=one')).toEqual({
      status: 200,
      body: {
        portfolio: 'one',
        positions: [
          {
            symbol: 'ABC',
            currency: 'EUR',
            quantity: '10',
            averageCost: '100.5',
            realisedGain: '0',
          },
        ],
      },
    });
    expect(await server.get('/imports')).toMatchObject({ body: { imports: [{ id }] } });
  });

  test('may come in a form', async () => {
    const form = new FormData();
    form.set('file', new Blob([file]), 'portfolio.csv');
    const response = await fetch(`${server.url}/imports?portfolio=form`, {
      method: 'POST',
      body: form,
    });
    expect(response.status).toBe(200);
    expect(await server.get('/positions?portfolio=form')).toMatchObject({
      body: { positions: [{ quantity: '10' }] },
    });
  });

  test('with bad rows is 422 and tells their lines, or skips them', async () => {
    const bad = `${file}2026-01-03,ABC,hold,1,1,0,EUR\n`;
    const badRows = [{ line: 3, reason: 'side: expected buy or sell, got "hold"' }];
    expect(await server.post(bad, 'portfolio=bad')).toMatchObject({
      status: 422,
      body: { record: { state: 'rejected', badRows } },
    });
    expect(await server.post(bad, 'portfolio=bad&onBadRow=skip')).toMatchObject({
      status: 200,
      body: { record: { state: 'done', imported: 1, badRows } },
    });
  });

  test('may be said how to be read, and tried without a change', async () => {
    const odd = 'date,symbol,side,quantity,Rate,currency\n03/04/2026,ABC,buy,10,"1,234",EUR\n';
    const query = 'portfolio=read&map=price%3DRate&decimal=,&dates=dmy';
    expect(await server.post(odd, 'portfolio=read')).toMatchObject({ status: 422 });
    expect(await server.post(odd, `${query}&dry-run`)).toMatchObject({
      status: 200,
      body: { record: { dryRun: true, imported: 1, outlook: [{ averageCost: '1.234' }] } },
    });
    expect(await server.get('/positions?portfolio=read')).toMatchObject({
      body: { positions: [] },
    });
    expect(await server.post(odd, query)).toMatchObject({
      status: 200,
      body: { record: { imported: 1, known: 0, leftOut: {}, unusedColumns: [] } },
    });
    for (const wrong of ['map=prize%3DRate', 'preset=none', 'decimal=x', 'ignore=%00']) {
      expect(await server.post(odd, wrong)).toMatchObject({ status: 400 });
    }
  });

  test('with the same idempotency key is the same import, and another file under it is refused', async () => {
    const key = { 'idempotency-key': 'january' };
    const first = await server.post(file, 'portfolio=key', key);
    const second = await server.post(file, 'portfolio=key', key);
    expect(second.body).toMatchObject({ import: (first.body as { import: string }).import });
    const other = await server.post(file.replace('10', '11'), 'portfolio=key', key);
    expect(other.status).toBe(409);
  });
});

describe('what is refused', () => {
  test('an unknown choice', async () => {
    const { status, body } = await server.post(file, 'onBadRow=ignore');
    expect(status).toBe(400);
    expect(body).toMatchObject({ detail: expect.stringContaining('"reject"|"skip"') as string });
  });

  test('another type of body', async () => {
    const answer = await server.post('{}', '', { 'content-type': 'application/json' });
    expect(answer).toMatchObject({ status: 415 });
  });

  test('a form without a file', async () => {
    const form = new FormData();
    form.set('file', 'no file at all');
    const response = await fetch(`${server.url}/imports`, { method: 'POST', body: form });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      status: 400,
      detail: 'expected a file in the form, got none',
    });
  });

  test('an id that is none', async () => {
    expect(await server.get('/imports/7')).toMatchObject({ status: 404 });
    expect(await server.get('/imports/00000000-0000-4000-8000-000000000000')).toMatchObject({
      status: 404,
    });
  });
});

test('with the database gone the answer is 503', async () => {
  const postgres = await startEmbeddedPostgres();
  await using database = openDatabase(postgres.url);
  await createSchema(database);
  await using alone = await startImportsServer('redis://127.0.0.1:9', postgres.url);
  expect(await alone.get('/positions')).toMatchObject({ status: 200 });
  await postgres[Symbol.asyncDispose]();
  expect(await alone.get('/positions')).toMatchObject({ status: 503 });
  expect(await alone.post(file)).toMatchObject({ status: 503 });
});
