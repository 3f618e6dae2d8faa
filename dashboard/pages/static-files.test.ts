import path from 'node:path';
import express from 'express';
import { expect, test } from 'vitest';
import { takeAddress } from '../server/address.ts';
import { serveStaticFiles } from './static-files.ts';

async function get(file: string, headers: Record<string, string> = {}) {
  await using address = await takeAddress({ port: 0 });
  const folders = { mount: path.join(import.meta.dirname, '..', 'routes') };
  address.serve(express().use(serveStaticFiles(folders)));
  const response = await fetch(`${address.url}/ops/static/${file}`, { headers });
  const { status } = response;
  return { status, headers: response.headers, text: await response.text() };
}

test('a program reaches the browser as JavaScript, once', async () => {
  const { status, headers, text } = await get('pages/dom.ts');
  expect([status, headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
  expect(text).toContain('export function element');
  expect(text).not.toContain('interface Attributes');
  const known = { 'if-none-match': headers.get('etag') ?? '', 'cache-control': 'max-age=0' };
  const again = await get('pages/dom.ts', known);
  expect([again.status, again.text]).toEqual([304, '']);
});

test('the colours are those of the docs', async () => {
  expect((await get('pages/colours.css')).text).toContain('--sl-color-accent');
});

test.for([
  'pages/nothing.ts',
  'nobody/dom.ts',
  'pages/..%2Fpage.ts',
  'mount/mount.test.ts',
  '__proto__/x.ts',
])('%s is no file of a page', async (file) => {
  expect((await get(file)).status).toBe(404);
});
