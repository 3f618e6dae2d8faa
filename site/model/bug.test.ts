import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../catalog/evidence/schema.ts';
import { exampleBug, exampleCell, exampleClaim, exampleEvidence } from '../testing/example.ts';
import { contrary, stale, tally, urgent } from './bug.ts';

const closes = exampleClaim('lanes-close', {
  run: { versions: ['1.0.0', '2.0.0', '10.0.0'], pool: 'solo', platforms: ['linux'] },
  expect: { outcome: 'fails', signature: 'lane-closed' },
});
const opens = exampleClaim('lanes-open', { control: 'lanes-close' });
const isClosed = (changes: Parameters<typeof exampleEvidence>[1] = {}) =>
  exampleEvidence(closes, changes);
const isOpen = (changes: Parameters<typeof exampleEvidence>[1] = {}) =>
  exampleEvidence(opens, changes, closes);
const at = (version: string) => exampleCell(closes, { version });

const bugWith = (...evidence: Evidence[]) => exampleBug([closes, opens], evidence);

describe('testedBug', () => {
  it('has shown nothing when nothing ran', () => {
    const bug = bugWith();
    expect(bug).not.toHaveProperty('reproduced');
    expect(bug).not.toHaveProperty('fixVerified');
    expect(bug).not.toHaveProperty('tested');
    expect(bug.claims.map(({ verdict }) => verdict)).toEqual(['not run', 'not run']);
  });

  it('is reproduced by a confirmed failure, the newest', () => {
    const newer = isClosed({ cell: at('2.0.0'), at: '2026-02-02T10:00:00.000Z' });
    const bug = bugWith(newer, isClosed(), isOpen());
    expect(bug.reproduced?.evidence).toBe(newer);
    expect(bug.tested).toBe('2026-02-02T10:00:00.000Z');
  });

  it('is reproduced by the newest engine of the last day', () => {
    const older = isClosed({ cell: at('2.0.0'), at: '2026-02-02T19:00:00.000Z' });
    const newer = isClosed({ cell: at('10.0.0'), at: '2026-02-02T18:00:00.000Z' });
    expect(bugWith(newer, older).reproduced?.evidence).toBe(newer);
  });

  it('is reproduced by the claim the write-up names, where no message shows it', () => {
    const silent = exampleClaim('door-jams');
    const shown = exampleEvidence(silent);
    const bug = exampleBug([silent, exampleClaim('lanes-open')], [shown], { shownBy: 'door-jams' });
    expect(bug.reproduced?.evidence).toBe(shown);
  });

  it.each([
    ['refuted', { came: ['works'] }],
    ['unstable', { came: ['works', 'fails'] }],
    ['unknown', { controlCame: 'fails' }],
    ['stale', { says: 'The lanes close at one' }],
  ] as const)('is not reproduced by a claim that is %s', (verdict, changes) => {
    const bug = bugWith(isClosed(changes));
    expect(bug.claims[0]?.verdict).toBe(verdict);
    expect(bug).not.toHaveProperty('reproduced');
    expect(bug.tested).toBeDefined();
  });

  it('is not reproduced by a failure beside the point, without one of its signatures', () => {
    const beside = exampleClaim('door-jams', { expect: { outcome: 'fails' } });
    const bug = exampleBug([beside, exampleClaim('lanes-open')], [exampleEvidence(beside)]);
    expect(bug.claims[0]?.verdict).toBe('confirmed');
    expect(bug).not.toHaveProperty('reproduced');
  });

  it('has its fix verified by the claim the fix names, and no other', () => {
    expect(bugWith(isClosed())).not.toHaveProperty('fixVerified');
    const verified = isOpen();
    expect(bugWith(verified).fixVerified?.evidence).toBe(verified);
    expect(bugWith(isOpen({ came: ['fails'] }))).not.toHaveProperty('fixVerified');
  });

  it('takes no evidence of another bug with a claim of the same name', () => {
    const foreign = isOpen({ slug: '998-other', bug: 'BUG-998' });
    expect(bugWith(foreign).claims[1]?.verdict).toBe('not run');
  });

  it('gives a claim the gravest of its verdicts', () => {
    const refuted = isClosed({ cell: at('2.0.0'), came: ['works'] });
    expect(bugWith(isClosed(), refuted).claims[0]?.verdict).toBe('refuted');
    expect(bugWith(isClosed()).claims[0]?.verdict).toBe('confirmed');
  });
});

it('judges what is recorded again, by the write-up as it stands', () => {
  const turned = { ...closes, expect: { outcome: 'works' as const, facts: {} } };
  const bug = exampleBug([turned, opens], [isClosed()]);
  expect(bug.claims[0]?.verdict).toBe('refuted');
});

it('tells where a claim ran, and where not', () => {
  const windows = exampleClaim('lanes-freeze', {
    run: { version: '1.0.0', pool: 'solo', platforms: 'windows' },
  });
  const door = exampleClaim('lanes-open', {
    run: { version: '1.0.0', pool: 'solo', platforms: 'windows' },
  });
  const evidence = exampleEvidence(
    windows,
    { cell: exampleCell(windows, { platform: 'wine' }) },
    door,
  );
  const [claim] = exampleBug([windows, door], [evidence]).claims;
  expect(claim?.ran.words).toBe('confirmed on Wine, not run on Windows');
  expect(tally(claim ? [claim] : [])).toEqual([
    { verdict: 'confirmed', known: false, inPart: true, claims: 1 },
  ]);
});

it('counts claims by verdict, leaving out verdicts that did not occur', () => {
  expect(tally(bugWith(isOpen()).claims)).toEqual([
    { verdict: 'confirmed', known: false, inPart: false, claims: 1 },
    { verdict: 'not run', known: false, inPart: false, claims: 1 },
  ]);
});

it('counts refuted falsehoods apart from claims that should have held', () => {
  const ran = { everywhere: true };
  const counted = tally([
    { verdict: 'refuted', known: 'refuted', ran },
    { verdict: 'refuted', ran },
    { verdict: 'confirmed', known: 'refuted', ran },
  ]);
  expect(counted.map(({ verdict, known, claims }) => [verdict, known, claims])).toEqual([
    ['confirmed', false, 1],
    ['refuted', false, 1],
    ['refuted', true, 1],
  ]);
});

it('names the claims that came out otherwise than written, and those with stale evidence', () => {
  const known = exampleClaim('water-warms', { known: 'refuted', truth: 'It is cold all day.' });
  const { claims } = exampleBug(
    [closes, exampleClaim('lanes-open'), known],
    [
      isClosed({ came: ['works'] }),
      exampleEvidence(known, { came: ['fails'] }),
      exampleEvidence(exampleClaim('lanes-open'), { says: 'They were open', came: ['fails'] }),
    ],
  );
  expect(contrary(claims).map(({ id }) => id)).toEqual(['lanes-close']);
  expect(stale(claims).map(({ id }) => id)).toEqual(['lanes-open']);
});

it('puts first what is grave, unfixed and new', () => {
  const bug = (changes: object) =>
    exampleBug([closes, opens], [], { severity: 'high', ...changes });
  const bugs = [
    bug({ id: 'BUG-901', reported: '2026-01-01' }),
    bug({ id: 'BUG-902', reported: '2026-03-01' }),
    bug({ id: 'BUG-903', status: 'fixed' }),
    bug({ id: 'BUG-904', severity: 'medium' }),
  ];
  expect(urgent(bugs, 5).map(({ id }) => id)).toEqual(['BUG-902', 'BUG-901']);
  expect(urgent(bugs, 1)).toHaveLength(1);
});
