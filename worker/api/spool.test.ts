import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { uploadLimits } from '../settings.ts';
import { openSpool, type UploadLimits } from './spool.ts';

const quick: UploadLimits = { ...uploadLimits, graceMs: 200, deadlineMs: 600, lookEveryMs: 20 };

/** A request whose body the test writes. */
function request(headers: Record<string, string> = {}) {
  const body = new PassThrough();
  const made = Object.assign(body, { headers: { 'content-type': 'text/csv', ...headers } });
  return { body, request: made as unknown as IncomingMessage };
}

/** Writes a few bytes every now and then. */
function drip(body: PassThrough, bytes: number): Disposable {
  const timer = setInterval(() => body.write(Buffer.alloc(bytes, 'x')), 20);
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
      body.end();
    },
  };
}

test('a file that comes in pieces is there whole, until it is disposed of', async () => {
  await using spool = await openSpool();
  const { body, request: made } = request();
  const receiving = spool.receive(made);
  for (const piece of ['date', ',symbol\n', 'x']) body.write(piece);
  body.end();
  const file = await receiving;
  expect(await readFile(file.path, 'utf8')).toBe('date,symbol\nx');
  await file[Symbol.asyncDispose]();
  expect(existsSync(file.path)).toBe(false);
});

test('one that is too slow is refused after its grace', async () => {
  await using spool = await openSpool(quick);
  const { body, request: made } = request();
  using dripping = drip(body, 2);
  expect(dripping).toBeDefined();
  await expect(spool.receive(made)).rejects.toMatchObject({ status: 408 });
});

test('one that is quick enough and takes too long is refused at the deadline', async () => {
  await using spool = await openSpool({ ...quick, bytesPerSecond: 1 });
  const { body, request: made } = request();
  using dripping = drip(body, 1000);
  expect(dripping).toBeDefined();
  await expect(spool.receive(made)).rejects.toMatchObject({ status: 408 });
});

test('one that turns out too large is refused', async () => {
  await using spool = await openSpool({ ...uploadLimits, largestFile: 10 });
  const { body, request: made } = request();
  body.end('eleven bytes');
  await expect(spool.receive(made)).rejects.toMatchObject({ status: 413 });
});

test('when too many are coming, one more is asked to come again', async () => {
  await using spool = await openSpool({ ...uploadLimits, atOnce: 1 });
  const first = request();
  const receiving = spool.receive(first.request);
  await expect(spool.receive(request().request)).rejects.toMatchObject({ status: 503 });
  first.body.end('x');
  await (await receiving)[Symbol.asyncDispose]();
  const next = request();
  next.body.end('y');
  await (await spool.receive(next.request))[Symbol.asyncDispose]();
});
