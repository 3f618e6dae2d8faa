import { describe, expect, test } from 'vitest';
import { parseDate } from './date.ts';

describe('a date is read', () => {
  test.for([
    ['2026-01-31', '2026-01-31'],
    ['2026-01-31T09:30:00Z', '2026-01-31'],
    ['2026-01-31 09:30', '2026-01-31'],
    ['20260131', '2026-01-31'],
    ['2026/1/31', '2026-01-31'],
    ['31.01.2026', '2026-01-31'],
    ['3.4.2026', '2026-04-03'],
    ['31/01/2026', '2026-01-31'],
    ['31-01-2026', '2026-01-31'],
    ['04/04/2026', '2026-04-04'],
    ['29.02.2028', '2028-02-29'],
  ])('%s is %s', ([text, iso]) => {
    expect(parseDate(text ?? '')).toBe(iso);
  });
});

describe('a date is refused', () => {
  test.for(['03/04/2026', '3-4-2026'])('%s, which is March here and April there', (text) => {
    expect(() => parseDate(text)).toThrow('read in one way only');
  });

  test.for(['29.02.2026', '2026-04-31', '01/31/2026', '2026-00-10', '32.01.2026'])(
    '%s, which does not exist',
    (text) => {
      expect(() => parseDate(text)).toThrow('expected a day that exists');
    },
  );

  test.for(['', 'yesterday', '1/2/26', '31.01-2026', 'Jan 5 2026'])(
    '"%s", which is none',
    (text) => {
      expect(() => parseDate(text)).toThrow('expected a date such as 2026-01-31');
    },
  );
});
