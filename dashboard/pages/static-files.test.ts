import { globSync } from 'node:fs';
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
  const { status, headers, text } = await get('pages/browser/dom.ts');
  expect([status, headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
  expect(text).toContain('export function element');
  expect(text).not.toContain('interface Attributes');
  const known = { 'if-none-match': headers.get('etag') ?? '', 'cache-control': 'max-age=0' };
  const again = await get('pages/browser/dom.ts', known);
  expect([again.status, again.text]).toEqual([304, '']);
});

test('whatever a program imports is served where its path leads a browser', async () => {
  const dashboard = path.join(import.meta.dirname, '..');
  const folders = Object.fromEntries(
    globSync('*/browser', { cwd: dashboard }).map((folder) => [
      path.dirname(folder),
      path.join(dashboard, folder),
    ]),
  );
  await using address = await takeAddress({ port: 0 });
  address.serve(express().use(serveStaticFiles(folders)));
  const programs = globSync('*/browser/*.ts', { cwd: dashboard }).map(
    (file) => new URL(`/ops/static/${file.replaceAll(path.sep, '/')}`, address.url),
  );
  const seen = new Set(programs.map(String));
  const unserved: string[] = [];
  for (const program of programs) {
    const response = await fetch(program);
    if (response.status !== 200) unserved.push(program.pathname);
    const text = await response.text();
    for (const [, imported = ''] of text.matchAll(
      /^(?:import|export|\})[^'\n]* from '([^']+)';$/gm,
    )) {
      const next = new URL(imported, program);
      if (!seen.has(next.href)) programs.push(next);
      seen.add(next.href);
    }
  }
  expect(unserved).toEqual([]);
});

test('the colours are those of the docs', async () => {
  expect((await get('pages/browser/colours.css')).text).toContain('--sl-color-accent');
});

test.for([
  'pages/browser/nothing.ts',
  'nobody/browser/dom.ts',
  'pages/browser/..%2Fpage.ts',
  'mount/browser/mount.test.ts',
  '__proto__/browser/x.ts',
  '../catalog/report/redact.test.ts',
  '../catalog/diagnose/matcher.ts',
])('%s is no file of a page', async (file) => {
  expect((await get(file)).status).toBe(404);
});
