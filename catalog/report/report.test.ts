import { expect, it } from 'vitest';
import type { Diagnoses } from '../diagnose/together.ts';
import { issueAddress, reportOf, reportText } from './report.ts';

const error = { line: 3, text: 'RuntimeError: the roof leaks at redis://:hunter2@lane:6379' };
const diagnoses: Diagnoses = {
  matches: [],
  unmatchedErrors: [error],
  linesRead: 4,
  versions: [{ package: 'celery', version: '5.6.1', line: 1 }],
};
const lines = ['$ celery -A app worker --pool=solo', 'ready', error.text, 'bye'];

it('fills in the form, without what should not be public', () => {
  const report = reportOf(error, lines, diagnoses);
  expect(report).toMatchObject({
    message: 'RuntimeError: the roof leaks at redis://[host]:6379',
    versions: 'celery 5.6.1',
    command: 'celery -A app worker --pool=solo',
  });
  expect(reportText(report)).not.toContain('hunter2');
  const address = new URL(issueAddress('https://github.com/lanes/bath', report));
  expect(address.origin + address.pathname).toBe('https://github.com/lanes/bath/issues/new');
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    template: 'report-a-failure.yml',
    message: report.message,
    log: report.log,
    versions: 'celery 5.6.1',
  });
});

it('cuts a log that is too long for an address at its ends', () => {
  const long = Array.from({ length: 400 }, (_, index) => `line ${index} ${'ü'.repeat(40)}`);
  const report = reportOf(error, long.with(200, error.text), diagnoses);
  const address = issueAddress('https://github.com/lanes/bath', report);
  expect(address.length).toBeLessThanOrEqual(7_500);
  expect(new URL(address).searchParams.get('log')).toContain('the roof leaks');
});
