import express from 'express';
import { expect, test } from 'vitest';
import { openAccess, type Access, type AuditEntry } from '../access/access.ts';
import type { Person } from '../access/person.ts';
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
    handle: (_request, response) => {
      response.status(204).end();
    },
  },
];

async function send(person: Person | undefined, method: string, path: string) {
  const entries: AuditEntry[] = [];
  const access: Access = {
    ...openAccess((entry) => Promise.resolve(void entries.push(entry))),
    personOf: () => person,
  };
  await using address = await takeAddress({ port: 0 });
  address.serve(express().use(mountRoutes(routes, access)));
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
    expect(await send(operator, method, path)).toMatchObject({ status: 404, audited: [] });
  }
});

test('nobody we know is answered with 401', async () => {
  expect(await send(undefined, 'GET', '/ops/api/queues/pumps/lanes')).toMatchObject({
    status: 401,
  });
});
