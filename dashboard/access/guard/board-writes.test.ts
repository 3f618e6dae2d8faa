import { appRoutes } from '@bull-board/api/dist/routes.js';
import { expect, test } from 'vitest';
import { describeWrite, roleOf } from './board-writes.ts';

const routes = appRoutes.api.flatMap(({ method, route }) =>
  [method].flat().flatMap((one) => [route].flat().map((path) => [one, path] as const)),
);

test.for(routes)('%s %s has a role, and a write words for the audit log', ([method, route]) => {
  if (method === 'get') {
    expect(roleOf(method, route)).toBe('viewer');
    return;
  }
  expect(['operator', 'admin']).toContain(roleOf(method, route));
  const path = route.replaceAll(/:(\w+)/g, 'the%20$1');
  const { action, queue } = describeWrite(method.toUpperCase(), path);
  // A new version of Bull Board that brings a write needs words for it here.
  expect(action).not.toContain('on the board');
  expect(queue).toBe(route.includes(':queueName') ? 'the queueName' : undefined);
});

test('a write that is not known is for admins, and is told by its path', () => {
  expect(roleOf('put', '/api/queues/:queueName/explode')).toBe('admin');
  expect(roleOf('delete', '/api/queues/:queueName')).toBe('admin');
  expect(describeWrite('DELETE', '/api/queues/lanes')).toEqual({
    action: 'DELETE on the board',
    subject: '/api/queues/lanes',
  });
});

test.for([
  ['PUT', '/api/queues/lanes/7/retry', 'retry a job', 'lanes', '7'],
  ['PUT', '/API/Queues/lanes/7/retry/', 'retry a job', 'lanes', '7'],
  ['PUT', '/api/queues/lanes/retry/failed', 'retry all jobs of a state', 'lanes', 'failed'],
  ['PUT', '/api/queues/a%2Fb/pause', 'pause a queue', 'a/b', undefined],
  ['PUT', '/api/queues/%E0%A4%A/pause', 'pause a queue', '%E0%A4%A', undefined],
] as const)('%s %s is told as: %s', ([method, path, action, queue, subject]) => {
  expect(describeWrite(method, path)).toEqual({ action, queue, subject });
});
