import { expect, it } from 'vitest';
import { exampleBug, exampleCell, exampleClaim, exampleEvidence } from '../testing/example.ts';
import { changesOf } from './changes.ts';
import { versionBars, versionMarks } from './version-bar.ts';

const closes = exampleClaim('lanes-close', {
  run: { versions: ['1.10.0', '1.9.0', '1.8.0'], pool: 'solo', platforms: ['wine', 'linux'] },
  expect: { outcome: 'fails', signature: 'lane-closed' },
});
const opens = exampleClaim('lanes-open', {
  run: { version: '1.9.0', pool: 'solo', platforms: 'everywhere' },
});
const run = (platform: 'wine' | 'linux', version: string, came: 'fails' | 'works') =>
  exampleEvidence(
    closes,
    { cell: exampleCell(closes, { platform, version }), came: [came] },
    opens,
  );
const bug = exampleBug(
  [closes, opens],
  [run('wine', '1.9.0', 'fails'), run('linux', '1.9.0', 'works'), run('linux', '1.10.0', 'works')],
);

it('tells bad from good versions by platform and pool, and leaves gaps where nothing ran', () => {
  const bars = versionBars(bug).map(({ platform, pool, marks }) => [
    platform,
    pool,
    ...marks.map(({ version, status }) => `${version} ${status}`),
  ]);
  expect(bars).toEqual([
    ['linux', 'solo', '1.8.0 not run', '1.9.0 works', '1.10.0 works'],
    ['wine', 'solo', '1.8.0 not run', '1.9.0 fails', '1.10.0 not run'],
  ]);
});

it('calls a version bad in which the failure was shown anywhere', () => {
  expect(versionMarks(bug).map(({ status }) => status)).toEqual(['not run', 'fails', 'works']);
});

it('tells of new bugs, of verdicts that turned, and of versions in which one is gone', () => {
  const kinds = changesOf([{ ...bug, status: 'fixed' }]).map(
    ({ kind, says }) => `${kind}: ${says}`,
  );
  expect(kinds).toEqual([
    `new: new: ${bug.title}`,
    'fixed: gone in Celery 1.10.0, after 1.9.0',
    'turned: 2 runs came out otherwise than the page says',
  ]);
  const added = new Map([[bug.slug, '2030-01-02']]);
  expect(changesOf([bug], added)[0]).toMatchObject({ kind: 'new', date: '2030-01-02' });
});
