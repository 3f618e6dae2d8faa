import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { startLanesBoard } from '../fixtures/lanes-board.ts';

/** Method, path, headers, and the status that is expected. */
const asked: readonly (readonly [string, string, Record<string, string>, number])[] = [
  ['GET', '/', {}, 503],
  ['GET', '/healthz', {}, 200],
  ['GET', '/board/', {}, 200],
  ['GET', '/board/queue/lanes', {}, 200],
  ['GET', '/board/static/nothing.js', {}, 503],
  ['GET', '/board/api/queues', {}, 200],
  ['GET', '/board/api/queues?status=nothing', {}, 400],
  ['GET', '/board/api/queues?page=-1', {}, 400],
  ['GET', '/board/api/queues/nobody/1', {}, 404],
  ['GET', '/board/api/queues/lanes/nobody', {}, 404],
  ['GET', '/board/api/nothing', {}, 404],
  ['POST', '/board/api/queues/lanes/add', { 'content-type': 'application/json' }, 400],
  ['PUT', '/board/api/queues/lanes/pause', { origin: 'https://evil.example' }, 403],
  ['GET', '/board/api/queues/%E0%A4%A/1', {}, 400],
  ['GET', '/ops/nothing', {}, 404],
  ['GET', '/ops/api/queues/nobody/jobs/1/payload', {}, 404],
  ['GET', '/ops/static/pages/browser/page.css', {}, 200],
  ['GET', '/ops/static/nobody/browser/x.ts', {}, 404],
  ['GET', '/', { host: 'evil.example' }, 421],
  ['OPTIONS', '/board/api/queues', {}, 200],
  ['TRACE', '/board/', {}, 503],
];

async function ask(url: string, method: string, path: string, headers: Record<string, string>) {
  const { hostname, port } = new URL(url);
  const sent = request({ hostname, port, method, path, headers }).end(method === 'POST' ? '{' : '');
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

test('every answer forbids what it does not need, and no error tells of the inside', async () => {
  await using board = await startLanesBoard();
  for (const [method, path, headers, expected] of asked) {
    const { status, body, headers: answered } = await ask(board.url, method, path, headers);
    const what = `${method} ${path}`;
    expect([what, status]).toEqual([what, expected]);
    expect([what, answered['content-security-policy']]).toEqual([
      what,
      expect.stringContaining("default-src '"),
    ]);
    expect([what, answered['x-content-type-options']]).toEqual([what, 'nosniff']);
    expect([what, answered['x-powered-by']]).toEqual([what, undefined]);
    expect(`${what} ${body}`).not.toMatch(/node_modules|at .*\.[jt]s:\d+|file:\/\//);
    const isApi = path.startsWith('/board/api') || path.startsWith('/ops');
    if (expected < 400 || (expected !== 421 && !isApi)) continue;
    expect([what, answered['content-type']]).toEqual([
      what,
      'application/problem+json; charset=utf-8',
    ]);
    expect(JSON.parse(body)).toMatchObject({
      type: expect.stringMatching(/^\/problems\//) as string,
      status: expected,
      detail: expect.stringMatching(/\w/) as string,
    });
  }
});

test('what is no HTTP is answered in the same way', async () => {
  await using board = await startLanesBoard();
  const { hostname, port } = new URL(board.url);
  const socket = connect(Number(port), hostname);
  socket.write('This is no HTTP\r\n\r\n');
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(answer).toContain("Content-Security-Policy: default-src 'none'");
  expect(answer).toContain('X-Content-Type-Options: nosniff');
});
