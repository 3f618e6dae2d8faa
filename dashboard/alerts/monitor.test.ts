import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createPostgresBackend, Queue, withBackend } from 'bullmq';
import pWaitFor from 'p-wait-for';
import { describe, expect, test } from 'vitest';
import { Webhook as Verifier } from 'standardwebhooks';
import { startEmbeddedPostgres } from '../../worker/postgres/embedded.ts';
import { closedPort, startRedis, whyNoRedis } from '../../worker/testing/redis.ts';
import { detectors } from '../detectors/detectors.ts';
import { fixedDirectory } from '../queues/directory.ts';
import type { AlertSettings } from './config.ts';
import { Monitor } from './monitor.ts';

const secret = `whsec_${Buffer.from('a secret of the tests, 32 bytes!').toString('base64')}`;
const noRedis = await whyNoRedis();
const deadline = { interval: 20, timeout: 30_000 };

interface Message {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Takes webhooks; the first so many are answered with 503. */
async function receive(refusals = 0) {
  const messages: Message[] = [];
  let left = refusals;
  const server = http.createServer((request, response) => {
    void text(request).then((body) => {
      if (left-- > 0) {
        response.writeHead(503).end();
        return;
      }
      messages.push({ headers: request.headers as Record<string, string>, body });
      response.writeHead(204).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/in`,
    messages,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function settings(url: string): AlertSettings {
  const backlog = detectors.filter(({ name }) => name === 'backlog-without-workers');
  const thresholds = { on: 1, onForSeconds: 0, off: 1, offForSeconds: 0, cooldownSeconds: 2 };
  return {
    address: 'https://ops.example.org',
    webhooks: [
      { name: 'pager', kind: 'standard', url, secret, detectors: undefined },
      { name: 'chat', kind: 'slack', url: `${url}/slack`, secret: undefined, detectors: undefined },
    ],
    detectors: backlog.map((one) => ({ ...one, thresholds })),
  };
}

async function onRedis() {
  const redis = await startRedis();
  const queue = new Queue('<mail>', { connection: { url: redis.url } });
  return {
    queue,
    [Symbol.asyncDispose]: async () => {
      await queue.close();
      await redis[Symbol.asyncDispose]();
    },
  };
}

async function onPostgres() {
  const postgres = await startEmbeddedPostgres();
  const Postgres = withBackend(createPostgresBackend);
  const connection = { connectionString: postgres.url, migrate: true };
  const queue = new Postgres.Queue('<mail>', { connection }) as unknown as Queue;
  await queue.waitUntilReady();
  return {
    queue,
    [Symbol.asyncDispose]: async () => {
      await queue.close();
      await postgres[Symbol.asyncDispose]();
    },
  };
}

describe.for([
  { name: 'Redis', open: onRedis, without: noRedis },
  { name: 'embedded PostgreSQL', open: onPostgres, without: undefined },
])('alerts on $name', ({ open, without }) => {
  test('two dashboards send each once, signed, also over a restart of both', async ({ skip }) => {
    if (without !== undefined) skip(without);
    await using place = await open();
    const { queue } = place;
    // Each message is refused once, and sent again.
    await using receiver = await receive(2);
    const watch = () => {
      const monitor = new Monitor({
        queues: fixedDirectory([queue]),
        writeups: [],
        settings: settings(receiver.url),
        onError: () => undefined,
        everyMs: 50,
        waits: [10, 10, 10],
      });
      monitor.start();
      return monitor;
    };
    const kinds = () =>
      receiver.messages
        .map(({ body }) => /alert\.\w+|\*\w+\*/.exec(body)?.[0])
        .sort()
        .join(' ');
    {
      await using first = watch();
      await using second = watch();
      await queue.add('one', {});
      await pWaitFor(() => receiver.messages.length === 2, deadline);
      await pWaitFor(
        () => [first, second].every((one) => one.standing().firing.length === 1),
        deadline,
      );
      expect(kinds()).toBe('*Firing* alert.firing');
    }
    await using third = watch();
    await using fourth = watch();
    await pWaitFor(
      () => [third, fourth].every((one) => one.standing().firing.length === 1),
      deadline,
    );
    await queue.drain();
    await pWaitFor(() => receiver.messages.length >= 4, deadline);
    await pWaitFor(
      () => [third, fourth].every((one) => one.standing().recent.length === 1),
      deadline,
    );
    expect(kinds()).toBe('*Firing* *Resolved* alert.firing alert.resolved');
    // On again while it cools down: it fires when that is over, once.
    await queue.add('two', {});
    await pWaitFor(() => receiver.messages.length >= 6, deadline);
    expect(kinds()).toBe('*Firing* *Firing* *Resolved* alert.firing alert.firing alert.resolved');

    const signed = receiver.messages.filter(({ headers }) => 'webhook-signature' in headers);
    const ids = new Set(signed.map(({ headers }) => headers['webhook-id']));
    expect(ids.size).toBe(3);
    for (const { headers, body } of signed) {
      expect(new Verifier(secret).verify(body, headers)).toMatchObject({
        data: { detector: 'backlog-without-workers', queue: '<mail>' },
      });
    }
    const chat = receiver.messages.find(({ headers }) => !('webhook-signature' in headers));
    // What Slack would read as a link or a mention is text.
    expect(chat?.body).toContain('&lt;mail&gt;');
  });
});

test('what a webhook refuses is told without its address', async ({ skip }) => {
  if (noRedis !== undefined) skip(noRedis);
  await using place = await onRedis();
  const told: string[] = [];
  await using monitor = new Monitor({
    queues: fixedDirectory([place.queue]),
    writeups: [],
    settings: settings(`http://127.0.0.1:${await closedPort()}/T0/hunter2`),
    onError: ({ message }) => void told.push(message),
    everyMs: 50,
    waits: [10],
  });
  monitor.start();
  await place.queue.add('one', {});
  await pWaitFor(() => told.length === 2, deadline);
  expect(told.toSorted()).toEqual([
    'webhook chat: it cannot be reached (ECONNREFUSED), after 2 tries',
    'webhook pager: it cannot be reached (ECONNREFUSED), after 2 tries',
  ]);
  expect(JSON.stringify(monitor.standing())).not.toContain('hunter2');
});
