import { request as send } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import express from 'express';
import { expect, test } from 'vitest';
import { takeAddress } from '../server/address.ts';
import { securityHeaders } from './headers.ts';
import { requireKnownHost } from './known-hosts.ts';
import { refuseForeignWrites } from './own-writes.ts';

async function ask(method: string, headers: OutgoingHttpHeaders) {
  await using address = await takeAddress({ port: 0 });
  address.serve(
    express()
      .use(requireKnownHost(['Board.example']), refuseForeignWrites, securityHeaders())
      .all('/', (_request, response) => response.send('through')),
  );
  const request = send(address.url, { method, headers }).end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

test.for(['127.0.0.1:3000', 'localhost', '[::1]:3000', '192.168.1.5', 'board.example:80'])(
  'a request to %s is let through',
  async (host) => {
    expect(await ask('GET', { host })).toMatchObject({ status: 200, body: 'through' });
  },
);

test.for(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'a b'])(
  'a request to "%s" is refused: the name may have been pointed here',
  async (host) => {
    const { status, body } = await ask('GET', { host });
    expect(status).toBe(421);
    expect(body).toContain('Open the board by its address');
  },
);

const host = '127.0.0.1:3000';

test.for<OutgoingHttpHeaders>([
  {},
  { 'sec-fetch-site': 'same-origin' },
  { 'sec-fetch-site': 'none' },
  { origin: `http://${host}` },
])('a write with %j is let through', async (headers) => {
  expect(await ask('PUT', { host, ...headers })).toMatchObject({ status: 200, body: 'through' });
});

test.for<OutgoingHttpHeaders>([
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'http://127.0.0.1:4000' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
])('a write with %j is refused, a read is not', async (headers) => {
  expect(await ask('PUT', { host, ...headers })).toMatchObject({ status: 403 });
  expect(await ask('GET', { host, ...headers })).toMatchObject({ status: 200 });
});

test('no other site may frame a page or feed it anything', async () => {
  const { headers } = await ask('GET', { host });
  expect(headers['content-security-policy']).toBe(
    "default-src 'self';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;" +
      "object-src 'none';base-uri 'self';form-action 'self';frame-ancestors 'none'",
  );
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  });
  expect(headers).not.toHaveProperty('strict-transport-security');
});
