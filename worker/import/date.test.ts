import { describe, expect, test } from 'vitest';
import { openConventions } from './convention.ts';
import { parseDate, parseTime } from './date.ts';

function read(text: string, dates?: 'dmy' | 'mdy'): string {
  const { date, time } = parseDate(text, 2, openConventions({ dates }).dates);
  return time === undefined ? date : `${date} ${time}`;
}

describe('a date is read', () => {
  test.for([
    ['2026-01-31', '2026-01-31'],
    ['2026-01-31T09:30:00Z', '2026-01-31 09:30:00'],
    ['2026-01-31T09:30:00.120+01:00', '2026-01-31 09:30:00.12'],
    ['2026-01-31 09:30', '2026-01-31 09:30:00'],
    ['2026-01-31, 09:30:01', '2026-01-31 09:30:01'],
    ['31.01.2026 9:30 PM', '2026-01-31 21:30:00'],
    ['20260131', '2026-01-31'],
    ['20260131;093000', '2026-01-31 09:30:00'],
    ['2026/1/31', '2026-01-31'],
    ['31.01.2026', '2026-01-31'],
    ['3.4.2026', '2026-04-03'],
    ['31/01/2026', '2026-01-31'],
    ['01/31/2026', '2026-01-31'],
    ['31-01-2026', '2026-01-31'],
    ['04/04/2026', '2026-04-04'],
    ['29.02.2028', '2028-02-29'],
  ])('%s is %s', ([text, iso]) => {
    expect(read(text ?? '')).toBe(iso);
  });

  test('as the caller says, where two readings are left', () => {
    expect(read('03/04/2026', 'dmy')).toBe('2026-04-03');
    expect(read('03/04/2026', 'mdy')).toBe('2026-03-04');
  });
});

describe('a date is refused', () => {
  test.for(['03/04/2026', '3-4-2026'])('%s, which is March here and April there', (text) => {
    expect(() => read(text)).toThrow('no line of the file shows its order of a date');
  });

  test('one of the other order than was asked for', () => {
    expect(() => read('01/31/2026', 'dmy')).toThrow('as was asked for, got "01/31/2026"');
  });

  test.for(['29.02.2026', '2026-04-31', '31/31/2026', '2026-00-10', '32.01.2026', '00/01/2026'])(
    '%s, which does not exist',
    (text) => {
      expect(() => read(text, 'dmy')).toThrow('expected a day that exists');
    },
  );

  test.for(['0000-01-01', '0001-01-01', '01.01.0000', '9999-12-31'])(
    '%s, when nothing was traded',
    (text) => {
      expect(() => read(text)).toThrow('expected a year from 1600 to 2199');
    },
  );

  test.for(['', 'yesterday', '1/2/26', '31.01-2026', 'Jan-5-2026', '2026-1'])(
    '"%s", which is none',
    (text) => {
      expect(() => read(text)).toThrow('expected a date such as 2026-01-31');
    },
  );

  test.for([
    '2026-01-31 settled',
    '2026-01-31 as of 2026-01-30',
    '2026-01-31T25:00',
    '2026-01-31 09:30 x',
    '31/01/2026*'.replace('*', ' *'),
  ])('%s, with text after it', (text) => {
    expect(() => read(text)).toThrow('expected nothing but a time such as 09:30 after the date');
  });
});

test.for(['24:00', '9:60', '13:00 PM', 'noon', '9'])('"%s" is no time', (text) => {
  expect(() => parseTime(text)).toThrow('expected a time such as 09:30:00');
});
