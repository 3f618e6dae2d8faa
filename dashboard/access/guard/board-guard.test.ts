import type { HookContext } from '@bull-board/api/dist/types.js';
import express from 'express';
import { expect, test } from 'vitest';
import { takeAddress } from '../../server/address.ts';
import { openAccess, type Access } from '../access.ts';
import { createMasks } from '../masks.ts';
import { seesQueues, type Person, type Role } from '../person.ts';
import { guardBoard } from './board-guard.ts';

const personWith = (role: Role, ...queues: string[]): Person => ({
  name: role,
  role,
  sees: seesQueues(queues.length === 0 ? ['*'] : queues),
});

function guardFor(person: Person | undefined, masks: readonly string[] = []) {
  const access: Access = { ...openAccess(), personOf: () => person };
  const guard = guardBoard(access, createMasks(masks));
  return { ...guard, ...guard.hooks(() => ({ allow: true })) };
}

function context(method: string, route: string, request: object = {}): HookContext {
  const whole = { headers: {}, query: {}, params: {}, body: {}, queues: new Map(), ...request };
  return { method, route, request: whole } as unknown as HookContext;
}

test.for([
  ['put', '/api/queues/:queueName/explode'],
  ['delete', '/api/queues/:queueName'],
  ['post', '/api/anything'],
] as const)('%s %s, which no version has yet, is for admins', async ([method, route]) => {
  for (const role of ['viewer', 'operator'] as const) {
    const refusal = await guardFor(personWith(role)).before?.(context(method, route));
    expect(refusal).toMatchObject({ allow: false, status: 403 });
  }
  expect(await guardFor(personWith('admin')).before?.(context(method, route))).toEqual({
    allow: true,
  });
  expect(await guardFor(undefined).before?.(context(method, route))).toMatchObject({
    allow: false,
  });
});

test('a viewer does not write, even where the board asks no hook', async () => {
  const written: string[] = [];
  for (const role of ['viewer', 'operator'] as const) {
    await using address = await takeAddress({ port: 0 });
    const board = express().use((_request, response) => response.send(String(written.push(role))));
    address.serve(express().use('/board', guardFor(personWith(role)).handler, board));
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const { status } = await fetch(`${address.url}/board/api/anything`, { method });
      expect([role, method, status]).toEqual([role, method, role === 'viewer' ? 403 : 200]);
    }
  }
  expect(written).toEqual(Array(4).fill('operator'));
});

test('of a flow, nodes in hidden queues and what they failed with are not shown', async () => {
  const node = (queueName: string, children: object[] = []) => ({
    id: queueName,
    queueName,
    progress: { pin: 1 },
    ignoredChildFailureReasons: { 'bull:secret:1': 'told' },
    children,
  });
  const flow = context('get', '/api/queues/:queueName/:jobId/flow');
  const show = async (person: Person, flowRoot: object) => {
    const body = { nodeId: '1', isFlowNode: true, flowRoot };
    return (await guardFor(person, ['progress.pin']).after?.(flow, { body }))?.body;
  };
  const tree = node('lanes', [node('secret', [node('lanes')]), node('lanes')]);
  const shown = JSON.stringify(await show(personWith('admin', 'lanes'), tree));
  expect(shown).not.toContain('"secret"');
  expect(shown.match(/"queueName":"lanes"/g)).toHaveLength(2);
  expect(shown).not.toContain('"pin":1');
  expect(await show(personWith('admin', 'lanes'), node('secret'))).toMatchObject({
    flowRoot: null,
  });
  expect(JSON.stringify(await show(personWith('admin'), tree))).toContain('"secret"');
});

test('history is shown of queues that somebody sees', async () => {
  const ask = async (person: Person, query: object) => {
    const guard = guardFor(person);
    for (const id of ['lanes', 'secret']) {
      guard.guard({ getName: () => id, setVisibilityGuard: () => undefined } as never, id);
    }
    return guard.before?.(context('get', '/api/metrics/history', { query }));
  };
  const olaf = personWith('operator', 'lanes');
  expect(await ask(olaf, { queue: 'lanes' })).toEqual({ allow: true });
  expect(await ask(olaf, { queue: 'secret' })).toMatchObject({ allow: false, status: 404 });
  expect(await ask(olaf, {})).toMatchObject({ allow: false, status: 404 });
  expect(await ask(personWith('viewer'), {})).toEqual({ allow: true });
});
