import { expect, test } from 'vitest';
import { controlCells } from '../../catalog/evidence/control-cells.ts';
import { soundEvidence } from '../../catalog/fixtures/sound-project.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';
import type { Claim, Writeup } from '../../catalog/writeup/schema.ts';
import { fixtureProject } from '../fixtures/project.ts';
import { select } from '../selection/select.ts';
import { compare, type Known, type Seen } from './compare.ts';
import { newerThan, newestNamed, speakingOf } from './new-versions.ts';
import { renderWatched } from './summary.ts';

const [writeup] = readWriteups(fixtureProject('celery'));
const { slug, claim, cell, says, bug } = soundEvidence;

/** The fixture's write-up, whose claims name these versions, one after the other. */
function naming(...versions: string[][]): Writeup[] {
  if (writeup === undefined) throw new Error('the fixture has a write-up');
  const claims = writeup.claims.map((one, index): Claim => ({
    ...one,
    run: { ...one.run, versions: versions[index] ?? ['5.6.1'], except: [] },
  }));
  return [{ ...writeup, claims }];
}

test('new is what is above the newest version that a claim names, by number', () => {
  const writeups = naming(['5.6.3', '5.10.0'], ['5.9.0']);
  expect(newestNamed(writeups, 'celery')).toBe('5.10.0');
  expect(newestNamed(writeups, 'bullmq')).toBeUndefined();
  const published = ['5.9.0', '5.9.1', '5.10.0', '5.11.0', '5.10.1', '6.0.0'];
  expect(newerThan('5.10.0', published)).toEqual(['5.10.1', '5.11.0', '6.0.0']);
  expect(newerThan('6.0.0', published)).toEqual([]);
});

test('claims that speak of the newest version alone are run on the new one, with controls where they were', () => {
  const writeups = naming(['5.6.1', '5.7.0'], ['5.6.1'], ['5.7.0']);
  const speaking = speakingOf(writeups, 'celery', { named: '5.7.0', version: '5.8.0' });
  const cases = select(speaking, { engine: { name: 'celery', version: '5.8.0' } });
  const [first, old, last] = writeups[0]?.claims ?? [];
  expect(new Set(cases.map((one) => one.claim.id))).toEqual(new Set([first?.id, last?.id]));
  for (const one of cases) {
    const versions = one.control.cells.map((each) => each.version);
    expect(new Set(versions)).toEqual(
      new Set([one.control.claim.id === old?.id ? '5.6.1' : '5.8.0']),
    );
    expect(one.control.cells).toEqual(controlCells(one.control.claim, one.cell));
  }
});

test('what does not go with the newest version, or stands for all at it, holds for the new one', () => {
  const [one] = naming(['5.6.1', '5.7.0']);
  if (one?.claims[0] === undefined) throw new Error('the fixture has a claim');
  const { run } = one.claims[0];
  const first: Claim = {
    ...one.claims[0],
    run: {
      ...run,
      python: ['3.9', '3.11'],
      except: [{ version: '5.7.0', python: '3.9', because: 'it is too old' }],
    },
    usually: { versions: ['5.7.0'] },
  };
  const speaking = speakingOf([{ ...one, claims: [first, ...one.claims.slice(1)] }], 'celery', {
    named: '5.7.0',
    version: '5.8.0',
  });
  const pythons = select(speaking, { engine: { name: 'celery', version: '5.8.0' } })
    .filter((each) => each.claim.id === first.id)
    .map((each) => each.cell.python);
  expect(new Set(pythons)).toEqual(new Set(['3.11']));
});

test.each<[Known['verdict'] | undefined, Seen['verdict'], string]>([
  ['confirmed', 'confirmed', 'same'],
  ['confirmed', 'refuted', 'turned'],
  ['refuted', 'confirmed', 'turned'],
  ['confirmed', 'unstable', 'turned'],
  ['refuted', 'refuted', 'same'],
  ['confirmed', 'not run', 'unsure'],
  ['confirmed', 'unknown', 'unsure'],
  ['stale', 'refuted', 'unsure'],
  ['not run', 'confirmed', 'unsure'],
  [undefined, 'refuted', 'unsure'],
])('%s that comes to %s at the new version is %s', (before, after, is) => {
  const known = before === undefined ? [] : [{ slug, claim, cell, verdict: before }];
  const seen: Seen = {
    bug,
    slug,
    claim,
    says,
    cell: { ...cell, version: '5.8.0' },
    verdict: after,
    reason: '',
  };
  expect(compare([seen], known, cell.version)).toMatchObject([
    { is, after, before: before ?? 'not run' },
  ]);
});

test('only the same cell is compared', () => {
  const known = {
    slug,
    claim,
    cell: { ...cell, pool: 'solo' as const },
    verdict: 'confirmed' as const,
  };
  const seen: Seen = {
    bug,
    slug,
    claim,
    says,
    cell: { ...cell, version: '5.8.0' },
    verdict: 'refuted',
    reason: '',
  };
  expect(compare([seen], [known], cell.version)).toMatchObject([{ is: 'unsure' }]);
});

test('the summary names what turned, and how much did not', () => {
  const seen = (id: string, verdict: Seen['verdict']): Seen => ({
    bug,
    slug,
    claim: id,
    says,
    cell: { ...cell, version: '5.8.0' },
    verdict,
    reason: 'it | sleeps',
  });
  const known = ['a', 'b'].map((id) => ({ slug, claim: id, cell, verdict: 'confirmed' as const }));
  const compared = compare([seen('a', 'refuted'), seen('b', 'confirmed')], known, cell.version);
  const text = renderWatched([{ engine: 'celery', version: '5.8.0', named: '5.6.1', compared }]);
  expect(text).toContain(
    '1 of 2 verdicts turned over against 5.6.1; 1 are the same, 0 cannot be compared.',
  );
  expect(text).toContain(
    'BUG-007 a | `celery-5.8.0.prefork.linux` | confirmed | refuted | `it \\| sleeps`',
  );
});
