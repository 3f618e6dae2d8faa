import { expect, test } from 'vitest';
import { cellName } from '../../catalog/evidence/schema.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';
import type { Claim, Platform } from '../../catalog/writeup/schema.ts';
import { fixtureProject } from '../fixtures/project.ts';
import { controlCells } from '../../catalog/evidence/control-cells.ts';
import { select, type Selection } from './select.ts';

const writeups = [
  ...readWriteups(fixtureProject('celery')),
  ...readWriteups(fixtureProject('plain')),
];

function selected(selection: Selection): string[] {
  return select(writeups, selection).map(({ claim, cell }) => `${claim.id} ${cellName(cell)}`);
}

test.each(['901', 'BUG-901', 'bug-901', '901-celery-pools'])('"%s" names one bug', (bug) => {
  const cases = select(writeups, { bugs: [bug] });
  expect(new Set(cases.map((one) => one.bug))).toEqual(new Set(['BUG-901']));
});

test('nothing asked for selects everything, each claim on each platform and at each version', () => {
  expect(selected({})).toHaveLength(3 + 8 * 3);
});

test('platform and pool narrow the selection; controls come along all the same', () => {
  const cases = select(writeups, { bugs: ['901'], platform: 'linux', pool: 'prefork' });
  expect(cases.map(({ claim }) => claim.id)).toEqual([
    'spawned-prefork-fails',
    'prefork-works-in-a-container',
  ]);
  expect(cases[0]?.control.cells.map((cell) => cellName(cell))).toEqual([
    'celery-5.6.1.solo.linux',
  ]);
});

test('an engine asked for at a version selects the cells at that version, and replaces nothing', () => {
  const [writeup] = readWriteups(fixtureProject('celery'));
  if (writeup === undefined) throw new Error('the fixture has a write-up');
  const claims = writeup.claims.map((claim, index) =>
    index > 0 ? claim : { ...claim, run: { ...claim.run, versions: ['5.6.1', '5.7.0'] } },
  );
  const versions = (version: string) =>
    select([{ ...writeup, claims }], { engine: { name: 'celery', version } }).map(
      ({ cell, control }) => [cell.version, ...control.cells.map((one) => one.version)],
    );
  expect(versions('5.7.0')).toEqual([['5.7.0', '5.6.1']]);
  expect(versions('5.6.1')).toHaveLength(3);
  expect(() => versions('5.4.0')).toThrow('expected at least one claim to test');
});

test('a version that replaces takes the place of those written, for controls too', () => {
  const cases = select(writeups, { replaceEngine: { name: 'celery', version: '5.4.0' } });
  const cells = cases
    .flatMap(({ cell, control }) => [cell, ...control.cells])
    .filter(({ engine }) => engine === 'celery');
  expect(new Set(cells.map(({ engine, version }) => `${engine}@${version}`))).toEqual(
    new Set(['celery@5.4.0']),
  );
});

test('an engine asked for selects by claim: a write-up may test claims on another engine', () => {
  const [writeup] = readWriteups(fixtureProject('celery'));
  if (writeup?.claims[0] === undefined) throw new Error('the fixture has no claim');
  const [first, ...others] = writeup.claims;
  const onBullmq: Claim = {
    ...first,
    run: { ...first.run, engine: 'bullmq', versions: ['6.7.0'] },
  };
  const mixed = [{ ...writeup, claims: [onBullmq, ...others] }];
  const engines = (selection: Selection) =>
    new Set(select(mixed, selection).map(({ cell }) => `${cell.engine}@${cell.version}`));
  expect(engines({ engine: { name: 'bullmq' } })).toEqual(new Set(['bullmq@6.7.0']));
  expect(
    engines({
      engine: { name: 'celery' },
      replaceEngine: { name: 'celery', version: '5.4.0' },
    }),
  ).toEqual(new Set(['celery@5.4.0']));
});

test('what does not stand for all of a claim is left out unless it is asked for', () => {
  const [writeup] = readWriteups(fixtureProject('celery'));
  if (writeup?.claims[0] === undefined) throw new Error('the fixture has no claim');
  const [first, ...others] = writeup.claims;
  const run = { ...first.run, versions: ['5.6.1', '5.7.0'], python: ['3.9', '3.13'] };
  const except = [{ version: '5.7.0', python: '3.9', because: 'they do not go together' }];
  const claim = { ...first, run: { ...run, except }, usually: { python: ['3.13'] } };
  const cells = (selection: Selection) =>
    select([{ ...writeup, claims: [claim, ...others] }], selection)
      .filter((one) => one.claim.id === first.id)
      .map(({ cell }) => `${cell.version} ${cell.python ?? ''}`);
  expect(cells({})).toEqual(['5.6.1 3.13', '5.7.0 3.13']);
  expect(cells({ matrix: true })).toEqual(['5.6.1 3.9', '5.6.1 3.13', '5.7.0 3.13']);
});

test('a control on the same Python is preferred, and any is better than none', () => {
  const [writeup] = readWriteups(fixtureProject('celery'));
  if (writeup?.claims[0] === undefined) throw new Error('the fixture has no claim');
  const [{ run, ...claim }] = writeup.claims as [Claim, ...Claim[]];
  const control = { ...claim, run: { ...run, versions: ['5.6.1'], python: ['3.9', '3.13'] } };
  const [platform] = run.platforms as [Platform, ...Platform[]];
  const cell = {
    engine: 'celery',
    version: '5.6.1',
    pool: 'solo',
    platform,
    launch: 'plain',
  } as const;
  const pythons = (python: string) =>
    controlCells(control, { ...cell, python }).map((found) => found.python);
  expect(pythons('3.13')).toEqual(['3.13']);
  expect(pythons('3.11')).toEqual(['3.9', '3.13']);
});

test('an unknown bug is answered with those there are', () => {
  expect(() => select(writeups, { bugs: ['903'] })).toThrow(
    /expected a bug such as 002.*got "903"[^]*BUG-901, BUG-902/,
  );
});

test('a selection that fits nothing is refused, so that it cannot pass for a success', () => {
  expect(() => select(writeups, { bugs: ['901'], pool: 'gevent' })).toThrow(
    'expected at least one claim to test',
  );
});

test('a control must hold at all of its versions where it lacks that of the claim', () => {
  const control = writeups[0]?.claims[0];
  if (control === undefined) throw new Error('the fixture has no claim');
  const run = { ...control.run, versions: ['5.2.7', '5.6.1'] };
  const cell = { engine: 'celery', pool: 'prefork', platform: 'linux', launch: 'plain' } as const;
  const versionsFor = (version: string) =>
    controlCells({ ...control, run }, { ...cell, version }).map((one) => one.version);
  expect(versionsFor('5.6.1')).toEqual(['5.6.1']);
  expect(versionsFor('5.7.0')).toEqual(['5.2.7', '5.6.1']);
});

test('a control is cut down to what stands for all of it, but never at the cost of the version', () => {
  const first = writeups[0]?.claims[0];
  if (first === undefined) throw new Error('the fixture has no claim');
  const run = { ...first.run, versions: ['5.6.1', '5.6.3'], python: ['3.9', '3.11'] };
  const control = { ...first, run, usually: { versions: ['5.6.1'], python: ['3.11'] } };
  const cell = { engine: 'celery', pool: 'prefork', platform: 'linux', launch: 'plain' } as const;
  const cellsFor = (version: string) =>
    controlCells(control, { ...cell, version }).map((one) => `${one.version} ${one.python ?? ''}`);
  expect(cellsFor('5.6.3')).toEqual(['5.6.3 3.11']);
  expect(cellsFor('5.7.0')).toEqual(['5.6.1 3.11']);
});
