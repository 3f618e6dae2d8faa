import express from 'express';
import { expect, test } from 'vitest';
import { openAccess, type Access, type AuditEntry } from '../access/access.ts';
import type { Person } from '../access/person.ts';
import { answerProblems, Refusal } from '../../worker/api/problem.ts';
import { takeAddress } from '../server/address.ts';
import { mountRoutes } from './mount.ts';
import type { Route } from './route.ts';

const routes: readonly Route[] = [
  {
    method: 'get',
    path: '/ops/api/queues/:queue/lanes',
    role: 'viewer',
    handle: (_request, response, { person }) => {
      response.json({ person: person.name });
    },
  },
  {
    method: 'delete',
    path: '/ops/api/queues/:queue/lanes/:lane',
    role: 'operator',
    audit: 'remove a lane',
    handle: (request, response) => {
      removed.push(request.params.lane as string);
      if (request.params.lane === 'broken') throw new Refusal(409, 'The lane is broken');
      if (request.params.lane === 'late') {
        response.json({ removed: true });
        throw new Error('after the answer');
      }
      response.status(204).end();
    },
  },
];
const removed: string[] = [];

async function send(
  person: Person | undefined,
  method: string,
  path: string,
  others: Partial<Access> = {},
) {
  const entries: AuditEntry[] = [];
  const access: Access = {
    ...openAccess((entry) => Promise.resolve(void entries.push(entry))),
    personOf: () => person,
    ...others,
  };
  await using address = await takeAddress({ port: 0 });
  address.serve(
    express().use(
      mountRoutes(routes, access),
      answerProblems(() => undefined),
    ),
  );
  const response = await fetch(address.url + path, { method });
  return { status: response.status, text: await response.text(), audited: entries };
}

const viewer: Person = { name: 'vera', role: 'viewer', sees: (queue) => queue !== 'hidden' };
const operator: Person = { ...viewer, name: 'olaf', role: 'operator' };

test('a viewer reads and does not write, and the refused write is in the audit log', async () => {
  expect(await send(viewer, 'GET', '/ops/api/queues/pumps/lanes')).toMatchObject({
    status: 200,
    text: '{"person":"vera"}',
    audited: [],
  });
  const refused = await send(viewer, 'DELETE', '/ops/api/queues/pumps/lanes/7');
  expect(refused).toMatchObject({ status: 403, audited: [{ person: 'vera', status: 403 }] });
  expect(refused.text).toContain('expected the role operator, got viewer');
});

test('what an operator writes is in the audit log, with its queue, subject and result', async () => {
  expect(await send(operator, 'DELETE', '/ops/api/queues/pumps/lanes/7')).toMatchObject({
    status: 204,
    audited: [
      { person: 'olaf', action: 'remove a lane', queue: 'pumps', subject: '7', status: 204 },
    ],
  });
});

test('a queue that somebody may not see is answered as one that is not there', async () => {
  for (const method of ['GET', 'DELETE']) {
    const path = `/ops/api/queues/hidden/lanes${method === 'GET' ? '' : '/7'}`;
    const audited = method === 'GET' ? [] : [{ queue: 'hidden', status: 404 }];
    expect(await send(operator, method, path)).toMatchObject({ status: 404, audited });
  }
});

test('nobody we know is answered with 401', async () => {
  expect(await send(undefined, 'GET', '/ops/api/queues/pumps/lanes')).toMatchObject({
    status: 401,
  });
});

test('what a write was asked for is kept before it is done, what came of it before it is answered', async () => {
  const order: string[] = [];
  const answer = await send(operator, 'DELETE', '/ops/api/queues/pumps/lanes/8', {
    intend: ({ id }) =>
      Promise.resolve(void order.push(`asked ${typeof id}, done ${removed.includes('8')}`)),
    audit: async ({ id, status }) => {
      await new Promise(setImmediate);
      order.push(`${typeof id} ${status}, done ${removed.includes('8')}`);
    },
  });
  order.push(`answered ${answer.status}`);
  expect(order).toEqual(['asked string, done false', 'string 204, done true', 'answered 204']);
});

test('a write that fails is in the audit log with its failure', async () => {
  expect(await send(operator, 'DELETE', '/ops/api/queues/pumps/lanes/broken')).toMatchObject({
    status: 409,
    audited: [{ subject: 'broken', status: 409 }],
  });
});

test('what fails after its answer does not change the answer', async () => {
  const access: Access = { ...openAccess(), personOf: () => operator };
  await using address = await takeAddress({ port: 0 });
  address.serve(
    express().use(
      mountRoutes(routes, access),
      answerProblems(() => undefined),
    ),
  );
  const url = `${address.url}/ops/api/queues/pumps/lanes/late`;
  const outcome = await fetch(url, { method: 'DELETE' }).then(
    (response) => response.status,
    () => 'cut off',
  );
  expect([200, 'cut off']).toContain(outcome);
});

test('a write whose client is gone before the answer is kept as one without an answer', async () => {
  const entries: AuditEntry[] = [];
  const { promise: begun, resolve: begin } = Promise.withResolvers<undefined>();
  const { promise: kept, resolve: keep } = Promise.withResolvers<undefined>();
  const access: Access = {
    ...openAccess((entry) => {
      entries.push(entry);
      keep(undefined);
      return Promise.resolve();
    }),
    personOf: () => operator,
  };
  const slow: Route = {
    method: 'post',
    path: '/ops/api/slow',
    role: 'operator',
    audit: 'do something slow',
    handle: () => {
      begin(undefined);
    },
  };
  await using address = await takeAddress({ port: 0 });
  address.serve(express().use(mountRoutes([slow], access)));
  const gone = new AbortController();
  const asked = fetch(`${address.url}/ops/api/slow`, { method: 'POST', signal: gone.signal });
  await begun;
  gone.abort();
  await expect(asked).rejects.toThrow();
  await kept;
  expect(entries).toMatchObject([{ action: 'do something slow', status: 0 }]);
});

test('a write that cannot be audited is refused and not done; a read goes on', async () => {
  const full = () => Promise.reject(new Error('ENOSPC'));
  const others = { intend: full, audit: full };
  const refused = await send(operator, 'DELETE', '/ops/api/queues/pumps/lanes/9', others);
  expect(refused.status).toBe(503);
  expect(refused.text).toContain('Nothing was done');
  expect(removed).not.toContain('9');
  expect((await send(operator, 'GET', '/ops/api/queues/pumps/lanes', others)).status).toBe(200);
});

test('the result that does not fit any more does not take the answer away: it is done', async () => {
  const audit = () => Promise.reject(new Error('ENOSPC'));
  const path = '/ops/api/queues/pumps/lanes/10';
  expect((await send(operator, 'DELETE', path, { audit })).status).toBe(204);
});
