import { expect, test } from 'vitest';
import { soundEvidence } from '../../../catalog/fixtures/sound-project.ts';
import type { Change } from './changes.ts';
import { renderRefusal, renderSummary } from './summary.ts';

const { bug, slug, claim, cell } = soundEvidence;
const change: Change = {
  ...{ bug, slug, claim, cell, before: 'confirmed', after: 'refuted', kind: 'turned' },
  ...{ asWritten: false, reason: 'it sleeps and sleeps '.repeat(500) },
};
const many = Array.from({ length: 3000 }, () => change);

test('a summary stays short enough for a comment, however much has changed', () => {
  const summary = renderSummary({
    machines: [{ folder: 'one', system: null, shard: null, files: 3000 }],
    written: [],
    changes: [...many, ...many.map((one) => ({ ...one, kind: 'new' as const, asWritten: true }))],
    missed: many.map((one) => ({ ...one, verdict: 'refuted' as const })),
    notRun: many.map(({ reason }) => ({ platform: 'linux' as const, reason, cells: 1 })),
  });
  expect(summary.length).toBeLessThan(60_000);
  expect(summary).toContain('and 2960 more');
});

test('a merge that was refused says why, as text alone', () => {
  const problems = [{ file: 'a/b.json', line: 3, message: 'expected JSON, got <img> | @somebody' }];
  expect(renderRefusal(problems)).toContain('`a/b.json:3: expected JSON, got <img> \\| @somebody`');
});
