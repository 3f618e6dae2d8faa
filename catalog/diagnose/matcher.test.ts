import { expect, test } from 'vitest';
import { writeupFile, writeupText } from '../fixtures/sound-project.ts';
import { parseWriteup } from '../writeup/parse.ts';
import type { Signature, Writeup } from '../writeup/schema.ts';
import { createMatcher } from './matcher.ts';
import { contextLines } from '../signature/scanner.ts';

/** The sound write-up with other signatures. */
function bug(id: string, ...signatures: (Pick<Signature, 'template'> & Partial<Signature>)[]) {
  const { writeup } = parseWriteup(writeupText, writeupFile);
  if (!writeup) throw new Error('The fixture is a valid write-up');
  return {
    ...writeup,
    id,
    signatures: signatures.map((signature, index) => ({
      id: `s${index}`,
      source: 'this test',
      near: [],
      ...signature,
    })),
  } satisfies Writeup;
}

function match(text: string, ...writeups: Writeup[]) {
  return createMatcher(writeups)
    .match(text)
    .map(({ writeup, line, score }) => [writeup.id, line, score]);
}

const far = '\n'.repeat(contextLines + 1);
const close = '\n'.repeat(contextLines);
const refused = bug('BUG-001', {
  template: '[WinError 5] {m}',
  near: ['billiard', 'PoolWorker-{n}'],
});

test('a text without any message of ours matches nothing', () => {
  expect(match('celery@host ready.', refused)).toEqual([]);
});

test('a message alone leaves a fifth of doubt', () => {
  expect(match('x\njob 7 is gone', bug('BUG-001', { template: 'job {id} is gone' }))).toEqual([
    ['BUG-001', 2, 0.8],
  ]);
});

test.each([
  ['before', `PoolWorker-1${close}[WinError 5] no`, contextLines + 1],
  ['after', `[WinError 5] no${close}billiard/pool.py`, 1],
  ['on the line itself', 'billiard: [WinError 5] no', 1],
])('a message that needs its context is found with it %s', (_where, text, line) => {
  expect(match(text, refused)).toEqual([['BUG-001', line, 0.9]]);
});

test.each([
  ['nowhere', '[WinError 5] no'],
  ['too far before', `billiard${far}[WinError 5] no`],
  ['too far after', `[WinError 5] no${far}billiard`],
])('a message whose context stands %s is a neighbour’s', (_where, text) => {
  expect(match(text, refused)).toEqual([]);
});

test('more messages of one bug leave less doubt, the same one again does not', () => {
  const gone = bug('BUG-001', { template: 'is gone' }, { template: 'is lost' });
  expect(match('it is gone\nit is gone', gone)).toEqual([['BUG-001', 1, 0.8]]);
  expect(match('it is gone\nit is lost', gone)).toEqual([['BUG-001', 1, 0.96]]);
});

test('the surest bug comes first, of equals the one seen first', () => {
  const a = bug('BUG-001', { template: 'it is gone' });
  const b = bug('BUG-002', { template: 'it is lost' });
  const c = bug('BUG-003', { template: 'it is away' }, { template: 'it is late' });
  expect(match('it is lost\nit is gone\nit is away\nit is late', a, b, c)).toEqual([
    ['BUG-003', 3, 0.96],
    ['BUG-002', 1, 0.8],
    ['BUG-001', 2, 0.8],
  ]);
});
