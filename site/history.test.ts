import { expect, it } from 'vitest';
import { datesIn } from './history.ts';

it('takes the day on which a write-up was added first', () => {
  const log = [
    '2026-11-25',
    '',
    'bugs/002-lanes-close.mdx',
    'bugs/TEMPLATE.mdx',
    '2026-11-01',
    '',
    'bugs/001-lanes-open.mdx',
    'bugs/002-lanes-close.mdx',
  ].join('\n');
  expect([...datesIn(log)]).toEqual([
    ['002-lanes-close', '2026-11-01'],
    ['001-lanes-open', '2026-11-01'],
  ]);
});
