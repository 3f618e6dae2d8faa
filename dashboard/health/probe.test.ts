import { expect, test } from 'vitest';
import { createProbe } from './probe.ts';

test('a part that answers is up', async () => {
  const probe = createProbe(() => Promise.resolve());
  expect(await probe()).toEqual({ status: 'up' });
});

test('a part that fails is down with its reason', async () => {
  const probe = createProbe(() => Promise.reject(new Error('connection refused')));
  expect(await probe()).toEqual({ status: 'down', reason: 'connection refused' });
});

test('the reasons behind several refused addresses are given', async () => {
  const refused = new AggregateError([new Error('::1 refused'), new Error('127.0.0.1 refused')]);
  const probe = createProbe(() => Promise.reject(refused));
  expect(await probe()).toEqual({ status: 'down', reason: '::1 refused; 127.0.0.1 refused' });
});

test('a part that hangs is down, is asked once, and is up when it answers at last', async () => {
  let asked = 0;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const probe = createProbe(
    () => {
      asked += 1;
      return promise;
    },
    { deadlineMs: 10 },
  );
  const late = { status: 'down', reason: 'no answer within 10 ms' };
  expect(await probe()).toEqual(late);
  expect(await probe()).toEqual(late);
  expect(asked).toBe(1);
  resolve(undefined);
  expect(await probe()).toEqual({ status: 'up' });
});

test('an answer may say what is wrong, and a reason be explained', async () => {
  const bug = { id: 'BUG-900', title: 'Lost lane', page: '/bugs/900-lost-lane/' };
  const dry = createProbe(() => Promise.resolve('no water'), {
    judge: (reason) => ({ status: 'down', reason, bug }),
  });
  expect(await dry()).toEqual({ status: 'down', reason: 'no water', bug });
  const explain = (reason: string) => (reason.includes('lane') ? bug : undefined);
  const lost = createProbe(() => Promise.reject(new Error('lane 7 lost')), { explain });
  expect(await lost()).toEqual({ status: 'down', reason: 'lane 7 lost', bug });
});
