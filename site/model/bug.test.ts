import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../catalog/evidence/schema.ts';
import {
  exampleCell,
  exampleClaim,
  exampleEvidence,
  exampleObservation,
  exampleWriteup,
} from '../testing/example.ts';
import { contrary, tally, testedBug } from './bug.ts';

const closes = exampleClaim('lanes-close', {
  run: { engine: 'celery', versions: ['1.0.0', '2.0.0'], pool: 'solo', platforms: ['linux'] },
  expect: { outcome: 'fails', signature: 'lane-closed' },
});
const opens = exampleClaim('lanes-open', { control: 'lanes-close' });
const writeup = exampleWriteup([closes, opens]);

const bugWith = (...evidence: Evidence[]) => testedBug('999-lanes-close', writeup, evidence);

describe('testedBug', () => {
  it('has shown nothing when nothing ran', () => {
    const bug = bugWith();
    expect(bug).not.toHaveProperty('reproduced');
    expect(bug).not.toHaveProperty('fixVerified');
    expect(bug).not.toHaveProperty('tested');
    expect(bug.claims.map(({ verdict }) => verdict)).toEqual(['not run', 'not run']);
  });

  it('is reproduced by a confirmed failure, the newest', () => {
    const newer = exampleEvidence(closes, {
      cell: exampleCell(closes, { version: '2.0.0' }),
      observation: exampleObservation('2026-02-02T10:00:00.000Z'),
    });
    const bug = bugWith(newer, exampleEvidence(closes), exampleEvidence(opens));
    expect(bug.reproduced?.evidence).toBe(newer);
    expect(bug.tested).toBe('2026-02-02T10:00:00.000Z');
  });

  it('is reproduced by the newest engine of the last day', () => {
    const [older, newer] = ['2.0.0', '10.0.0'].map((version, hour) =>
      exampleEvidence(closes, {
        cell: exampleCell(closes, { version }),
        observation: exampleObservation(`2026-02-02T1${9 - hour}:00:00.000Z`),
      }),
    );
    const versions = ['2.0.0', '10.0.0'];
    const claim = { ...closes, run: { ...closes.run, versions } };
    const both = exampleWriteup([claim, opens]);
    const bug = testedBug(
      '999-lanes-close',
      both,
      [newer, older].filter((one) => one !== undefined),
    );
    expect(bug.reproduced?.evidence).toBe(newer);
  });

  it('is reproduced by the claim the write-up names, where no message shows it', () => {
    const silent = exampleClaim('door-jams', { expect: { outcome: 'works' } });
    const named = { ...exampleWriteup([silent, opens]), shownBy: 'door-jams' };
    const shown = exampleEvidence(silent);
    expect(testedBug('999-lanes-close', named, [shown]).reproduced?.evidence).toBe(shown);
  });

  it.each(['refuted', 'unstable', 'unknown'] as const)(
    'is not reproduced by a %s claim',
    (verdict) => {
      const bug = bugWith(exampleEvidence(closes, { verdict }));
      expect(bug).not.toHaveProperty('reproduced');
      expect(bug.tested).toBeDefined();
    },
  );

  it('is not reproduced by a failure beside the point, without one of its signatures', () => {
    const beside = exampleClaim('door-jams', { expect: { outcome: 'fails' } });
    const bug = testedBug('999-lanes-close', exampleWriteup([beside, opens]), [
      exampleEvidence(beside),
    ]);
    expect(bug.claims[0]?.verdict).toBe('confirmed');
    expect(bug).not.toHaveProperty('reproduced');
  });

  it('has its fix verified by the claim the fix names, and no other', () => {
    expect(bugWith(exampleEvidence(closes))).not.toHaveProperty('fixVerified');
    const verified = exampleEvidence(opens);
    expect(bugWith(verified).fixVerified?.evidence).toBe(verified);
    const refuted = exampleEvidence(opens, { verdict: 'refuted' });
    expect(bugWith(refuted)).not.toHaveProperty('fixVerified');
  });

  it('takes no evidence of another bug with a claim of the same name', () => {
    const foreign = exampleEvidence(opens, { slug: '998-other', bug: 'BUG-998' });
    expect(bugWith(foreign).claims[1]?.verdict).toBe('not run');
  });

  it('gives a claim the gravest of its verdicts', () => {
    const refuted = exampleEvidence(closes, {
      cell: exampleCell(closes, { version: '2.0.0' }),
      verdict: 'refuted',
    });
    expect(bugWith(exampleEvidence(closes), refuted).claims[0]?.verdict).toBe('refuted');
    expect(bugWith(exampleEvidence(closes)).claims[0]?.verdict).toBe('confirmed');
  });
});

it('counts claims by verdict, leaving out verdicts that did not occur', () => {
  expect(tally(bugWith(exampleEvidence(opens)).claims)).toEqual([
    { verdict: 'confirmed', known: false, claims: 1 },
    { verdict: 'not run', known: false, claims: 1 },
  ]);
});

it('counts refuted falsehoods apart from claims that should have held', () => {
  expect(
    tally([
      { verdict: 'refuted', known: 'refuted' },
      { verdict: 'refuted' },
      { verdict: 'confirmed', known: 'refuted' },
    ]),
  ).toEqual([
    { verdict: 'confirmed', known: false, claims: 1 },
    { verdict: 'refuted', known: false, claims: 1 },
    { verdict: 'refuted', known: true, claims: 1 },
  ]);
});

it('names the claims that came out otherwise than written', () => {
  const bug = bugWith(
    exampleEvidence(closes, { verdict: 'refuted', asWritten: false }),
    exampleEvidence(opens, { verdict: 'refuted', asWritten: true }),
  );
  expect(contrary(bug.claims).map(({ id }) => id)).toEqual(['lanes-close']);
});
