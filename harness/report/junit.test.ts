import { expect, test } from 'vitest';
import { renderJunit } from './junit.ts';
import type { Result } from './result.ts';

const confirmed: Result = {
  bug: 'BUG-002',
  slug: '002-celery-prefork-windows',
  claim: 'solo-works',
  says: 'The solo pool completes tasks',
  cell: { engine: 'celery', version: '5.6.1', pool: 'solo', platform: 'linux', launch: 'plain' },
  verdict: 'confirmed',
  reason: '1 of 1 jobs completed',
  asWritten: true,
  durationMs: 1234,
};

test('each claim in each cell is a case, failed where it did not come out as written', () => {
  const missed: Result = { ...confirmed, verdict: 'refuted', asWritten: false, reason: 'a < b' };
  const notRun: Result = {
    ...confirmed,
    slug: '003-other',
    verdict: 'not run',
    reason: 'no "redis" < 7\n& no <skipped/>',
  };
  const xml = renderJunit([confirmed, missed, notRun]);
  expect(xml).toContain('<testsuite name="002-celery-prefork-windows" tests="2" failures="1"');
  expect(xml).toContain('name="solo-works celery-5.6.1.solo.linux" time="1.234"');
  expect(xml).toContain('<failure message="refuted: a &lt; b" type="refuted"/>');
  expect(xml.match(/<skipped/g)).toEqual(['<skipped']);
  expect(xml).toContain(
    '<skipped message="no &quot;redis&quot; &lt; 7 &amp; no &lt;skipped/&gt;"/>',
  );
});

test('what XML cannot hold is replaced, so that the report can be read', () => {
  const reason = `\u001B[31mred\u001B[0m and \u0000`;
  const xml = renderJunit([{ ...confirmed, asWritten: false, reason }]);
  expect(xml).toContain('�[31mred�[0m and �');
});

test('each reason stands at its own case, in whichever order bugs come', () => {
  const idle = (slug: string, claim: string): Result => ({
    ...{ ...confirmed, slug, claim, verdict: 'not run', reason: `why ${claim}` },
  });
  const xml = renderJunit([idle('b', '1'), idle('a', '2'), idle('b', '3')]);
  const told = [...xml.matchAll(/name="(\d) [^]*?message="why (\d)"/g)];
  expect(told.map(([, name, reason]) => [name, reason])).toEqual([
    ['1', '1'],
    ['3', '3'],
    ['2', '2'],
  ]);
});
