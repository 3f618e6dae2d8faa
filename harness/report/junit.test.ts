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
  const notRun: Result = { ...confirmed, slug: '003-other', verdict: 'not run' };
  const xml = renderJunit([confirmed, missed, notRun]);
  expect(xml).toContain('<testsuite name="002-celery-prefork-windows" tests="2" failures="1"');
  expect(xml).toContain('name="solo-works celery-5.6.1.solo.linux" time="1.234"');
  expect(xml).toContain('<failure message="refuted: a &lt; b" type="refuted"/>');
  expect(xml.match(/<skipped\/>/g)).toHaveLength(1);
});

test('what XML cannot hold is replaced, so that the report can be read', () => {
  const reason = `\u001B[31mred\u001B[0m and \u0000`;
  const xml = renderJunit([{ ...confirmed, asWritten: false, reason }]);
  expect(xml).toContain('�[31mred�[0m and �');
});
