import { expect, test } from 'vitest';
import { bug } from '../fixtures/bug.ts';
import { createKnownBugLink } from './known-bug-link.ts';

const job = {
  name: 'import',
  progress: 0,
  attemptsMade: 1,
  timestamp: 0,
  failedReason: '',
  stacktrace: null,
  data: {},
  returnvalue: null,
  opts: {},
};
const knownBugLink = createKnownBugLink([bug]);

test('a job whose error is known links to its bug', () => {
  expect(knownBugLink({ ...job, failedReason: 'The pump lost lane 7' })).toEqual({
    href: '/bugs/900-lost-lane/',
    displayText: 'Known: BUG-900 The pump loses lanes →',
  });
});

test('the error may be known by its stack alone', () => {
  const stacktrace = ['Error: no more water\nCaused by: The pump lost lane 7'];
  expect(knownBugLink({ ...job, failedReason: 'no more water', stacktrace })?.href).toBe(
    '/bugs/900-lost-lane/',
  );
});

test('a job whose error is not known links nowhere', () => {
  expect(knownBugLink({ ...job, failedReason: 'The pump is fine' })).toBeUndefined();
});

test('on a board it leads to the page of this failure, be it known or not', () => {
  const known = { ...job, id: '7/8', failedReason: 'The pump lost lane 7' };
  expect(knownBugLink(known, 'bull:lanes')).toEqual({
    href: '/ops/failures/job?queue=bull%3Alanes&job=7%2F8',
    displayText: 'Known: BUG-900 The pump loses lanes →',
  });
  expect(knownBugLink({ ...known, failedReason: 'The pump is fine' }, 'bull:lanes')).toEqual({
    href: '/ops/failures/job?queue=bull%3Alanes&job=7%2F8',
    displayText: 'Unknown: report it →',
  });
});

test('a job that worked in the end links nowhere', () => {
  expect(knownBugLink({ ...job, stacktrace: ['Error: The pump lost lane 7'] })).toBeUndefined();
});

test('docs of another address are linked there', () => {
  const elsewhere = createKnownBugLink([bug], 'https://docs.example');
  expect(elsewhere({ ...job, failedReason: 'The pump lost lane 7' })?.href).toBe(
    'https://docs.example/bugs/900-lost-lane/',
  );
});
