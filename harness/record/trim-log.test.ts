import { expect, test } from 'vitest';
import { showsSignature } from '../../catalog/verdict/signature.ts';
import { trimLog } from './trim-log.ts';

const lines = Array.from({ length: 1000 }, (_, index) => `worker | line ${index}`);
const signature = { template: 'Grumble: {word}', near: [] };

test('a short log is kept whole, but for blanks at the ends of lines', () => {
  expect(trimLog(['worker | a  ', 'worker | b'], [signature])).toEqual([
    'worker | a',
    'worker | b',
  ]);
});

test('of a long log both ends are kept, and what is left out is counted', () => {
  const trimmed = trimLog(lines, [signature]);
  expect(trimmed.slice(0, 60)).toEqual(lines.slice(0, 60));
  expect(trimmed[60]).toBe('… 900 lines left out …');
  expect(trimmed.slice(61)).toEqual(lines.slice(960));
});

test('the first line of a signature, and of what must stand near it, is kept with its surroundings', () => {
  const log = lines
    .with(500, 'worker | Grumble: no')
    .with(530, 'worker | beside it')
    .with(700, 'worker | Grumble: no');
  const trimmed = trimLog(log, [{ ...signature, near: ['beside it'] }]);
  for (const index of [488, 500, 512, 518, 530, 542]) expect(trimmed).toContain(log[index]);
  expect(trimmed).not.toContain(log[487]);
  expect(trimmed).not.toContain(log[699]);
  const leftOut = trimmed.flatMap((line) => /^… (\d+) lines/.exec(line)?.[1] ?? []).map(Number);
  const kept = trimmed.length - leftOut.length;
  expect(kept + leftOut.reduce((a, b) => a + b, 0)).toBe(log.length);
});

test('what was left out before is counted for what it stood for', () => {
  const once = trimLog(lines, []);
  expect(trimLog(once, [], { head: 2, tail: 1, around: 0 })).toEqual([
    'worker | line 0',
    'worker | line 1',
    '… 997 lines left out …',
    'worker | line 999',
  ]);
});

test('a message and its context are kept where they stand together, not only where each is first', () => {
  const log = lines
    .with(200, 'worker | Grumble: early')
    .with(500, 'worker | Grumble: late')
    .with(530, 'worker | beside it');
  const trimmed = trimLog(log, [{ ...signature, near: ['beside it'] }]);
  for (const index of [200, 500, 530]) expect(trimmed).toContain(log[index]);
});

test('a message of another failure is not kept as if it were this one’s', () => {
  const disowned = { ...signature, not: ['on purpose'], unless: ['they all sulk'] };
  const log = lines
    .with(200, 'worker | Grumble: on purpose')
    .with(400, 'worker | Grumble: among others')
    .with(430, 'worker | they all sulk')
    .with(600, 'worker | Grumble: alone');
  const trimmed = trimLog(log, [disowned]);
  for (const index of [200, 400]) expect(trimmed).not.toContain(log[index]);
  expect(trimmed).toContain(log[600]);
});

test('a log shows the same before and after, also where a kept message is another failure’s', () => {
  const disowned = { ...signature, unless: ['they all sulk'] };
  const log = lines.with(30, 'worker | Grumble: no').with(68, 'worker | they all sulk');
  const shows = (of: string[]) => showsSignature({ log: of, jobs: [] }, disowned);
  expect(shows(log)).toBe(false);
  expect(shows(trimLog(log, [disowned]))).toBe(false);
  const far = log.with(68, 'worker | line 68').with(71, 'worker | they all sulk');
  expect(shows(far)).toBe(true);
  expect(shows(trimLog(far, [disowned]))).toBe(true);
});
