import { expect, test } from 'vitest';
import { messagesIn, showsSignature, type Message } from './signature.ts';

const lost: Message = {
  template: 'Missing lock for job {id}. {command}',
  near: [],
  where: { command: ['moveToFinished', 'retryJob'] },
  not: ['repeat:'],
  unless: ['stalled more than'],
};

const said = 'worker | Missing lock for job 7. moveToFinished';
const blocked = 'worker | job stalled more than allowable limit';
const quiet = (lines: number) => Array.from({ length: lines }, () => 'worker | …');

test.each<[string, string[], boolean]>([
  ['the message', [said], true],
  ['with a value that decides otherwise', [said.replace('moveToFinished', 'extendLock')], false],
  ['in a line that is another failure’s', [said.replace('7', 'repeat:7')], false],
  ['beside what makes it another failure’s', [blocked, ...quiet(39), said], false],
  ['before what makes it another failure’s', [said, ...quiet(39), blocked], false],
  ['too far from that', [blocked, ...quiet(40), said], true],
  ['as far, with most lines left out', [blocked, '… 40 lines left out …', said], true],
  ['close, with some lines left out', [blocked, '… 39 lines left out …', said], false],
  ['once beside it and once far away', [said, blocked, ...quiet(50), said], true],
])('a log shows a signature, or not: %s', (_what, log, shows) => {
  expect(showsSignature({ log, jobs: [] }, lost)).toBe(shows);
});

test('what makes a message another failure’s counts in its own text alone', () => {
  const failed = { name: 'a()', state: 'failed' as const };
  const jobs = [{ ...failed, error: 'Missing lock for job 7. retryJob' }];
  expect(showsSignature({ log: [blocked], jobs }, lost)).toBe(true);
  const both = [{ ...failed, error: `Missing lock for job 7. retryJob\n${blocked}` }];
  expect(showsSignature({ log: [], jobs: both }, lost)).toBe(false);
});

test('the lines of others are told with what makes them theirs', () => {
  const log = [said, ...quiet(60), said, ...quiet(3), blocked];
  expect(messagesIn(log, lost)).toEqual({ own: [0], others: [{ index: 61, because: 65 }] });
});
