import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import express from 'express';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeAddress, type Address } from '../server/address.ts';
import { createDocsSite, type DocsSite } from './docs-site.ts';

let parent: string;
let dir: string;
let address: Address;
let docs: DocsSite;

beforeEach(async () => {
  parent = await mkdtemp(path.join(os.tmpdir(), 'poolproof-docs-'));
  // A dot in a parent folder, such as .poolproof, must not hide the docs.
  dir = path.join(parent, '.hidden');
  address = await takeAddress({ port: 0 });
  docs = createDocsSite('Being built');
  address.serve(express().use(docs.handler));
});
afterEach(async () => {
  await address[Symbol.asyncDispose]();
  await rm(parent, { recursive: true, force: true, maxRetries: 5 });
});

async function publishDocs() {
  await mkdir(path.join(dir, 'bugs'), { recursive: true });
  await writeFile(path.join(dir, 'index.html'), 'home');
  await writeFile(path.join(dir, 'bugs', 'index.html'), 'bugs');
  await writeFile(path.join(dir, '404.html'), 'no such page');
  docs.publish(dir);
}

test('until the docs are built a page says how they are doing', async () => {
  const response = await fetch(address.url);
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('Being built');
  docs.say('Failed: <Page> has no end');
  expect(await (await fetch(address.url)).text()).toContain('Failed: &#60;Page&#62; has no end');
});

test('docs that were built meanwhile are served', async () => {
  await publishDocs();
  expect(await (await fetch(address.url)).text()).toBe('home');
  expect(await (await fetch(`${address.url}/bugs/`)).text()).toBe('bugs');
});

test('a page that is not there is answered by the docs’ own 404', async () => {
  await publishDocs();
  const response = await fetch(`${address.url}/bugs/999/`);
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('no such page');
});

test('what has a hash in its name is kept for a year, pages are asked for again', async () => {
  await publishDocs();
  await mkdir(path.join(dir, '_astro'));
  await writeFile(path.join(dir, '_astro', 'page.abc123.js'), '"page";'.repeat(1000));
  const hashed = await fetch(`${address.url}/_astro/page.abc123.js`);
  expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(hashed.headers.get('content-encoding')).toMatch(/^(?:br|gzip)$/);
  const page = await fetch(address.url);
  expect(page.headers.get('cache-control')).toBe('public, max-age=0');
});

test.each([
  ['/bugs/002', '/bugs/002-lanes-close/'],
  ['/bugs/BUG-002/', '/bugs/002-lanes-close/'],
  ['/bugs/002-lanes-shut/', '/bugs/002-lanes-close/'],
  ['/matrix/002-lanes-shut/', '/matrix/002-lanes-close/'],
])('%s leads to %s', async (asked, page) => {
  for (const folder of ['bugs', 'matrix']) {
    await mkdir(path.join(dir, folder, '002-lanes-close'), { recursive: true });
  }
  await publishDocs();
  const response = await fetch(address.url + asked, { redirect: 'manual' });
  expect({ status: response.status, to: response.headers.get('location') }).toEqual({
    status: 301,
    to: page,
  });
  await response.body?.cancel();
});
