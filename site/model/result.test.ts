import { expect, it } from 'vitest';
import { exampleBug, exampleClaim, exampleEvidence } from '../testing/example.ts';
import { evidenceFile, evidencePage, sentence, startOf } from './result.ts';

const run = { versions: ['1.0.0'], pool: 'solo', platforms: ['linux', 'win32'] };
const claim = exampleClaim('lanes-close', { run, control: 'lanes-open' });
const open = exampleClaim('lanes-open');

it('says of a cell with a run when it began, and of one without nothing', () => {
  const [ran, notRun] =
    exampleBug([claim, open], [exampleEvidence(claim)]).claims[0]?.results ?? [];
  expect(ran && startOf(ran)).toBe('2026-02-01T10:00:00.000Z');
  expect(notRun && startOf(notRun)).toBeUndefined();
});

it('makes a sentence of a reason', () => {
  expect(sentence('no run is recorded yet')).toBe('No run is recorded yet.');
  expect(sentence('nobody swam!')).toBe('Nobody swam!');
});

it('places a run on the page of its claim, and its JSON beside it', () => {
  const evidence = exampleEvidence(claim);
  expect(evidencePage(evidence)).toBe(
    '/evidence/999-lanes-close/lanes-close/#celery-1.0.0.solo.linux',
  );
  expect(evidenceFile(evidence)).toBe(
    '/evidence/999-lanes-close/lanes-close.celery-1.0.0.solo.linux.json',
  );
});
