import type { Convention, DateOrder } from './convention.ts';
import { echo } from './echo.ts';
import { RowProblem } from './row-problem.ts';

const iso = /^(\d{4})-(\d{2})-(\d{2})$/;
const compact = /^(\d{4})(\d{2})(\d{2})$/;
const yearFirst = /^(\d{4})([/.])(\d{1,2})\2(\d{1,2})$/;
const yearLast = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/;
const time =
  /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?([AP]M)?(?:Z| ?(?:UTC|GMT)| ?[+-]\d{2}:?\d{2})?$/i;
const compactTime = /^(\d{2})(\d{2})(\d{2})$/;
/** Between a date and its time. */
const separator = /[T ;,]/;

/** Before there were stock exchanges, and further than any of ours trades: a slip of the typist. */
const firstYear = 1600;
const lastYear = 2199;

export interface Instant {
  /** ISO 8601. */
  readonly date: string;
  /** Such as 09:30:00.125; undefined where none stands beside the date. */
  readonly time: string | undefined;
}

/**
 * Reads a date, with a time after it or none: 2026-01-31, 20260131, 2026/01/31, 31.01.2026,
 * 31/01/2026, 01/31/2026 or 31-01-2026. Dots are day first. With slashes or hyphens the file's
 * convention decides where both orders are possible. The date is taken as it is written, whatever the
 * time zone of its time.
 * @throws RowProblem, Undecided or BadFile
 */
export function parseDate(text: string, line: number, order: Convention<DateOrder>): Instant {
  const known = read.get(text);
  if (known) return known;
  const at = text.search(separator);
  const day = at === -1 ? text : text.slice(0, at);
  const date = parseDay(day, text, line, order);
  if (at === -1) {
    const instant = { date, time: undefined };
    // Files have many rows of few days. Others may be read in another way in the next file.
    if (iso.test(text)) remember(text, instant);
    return instant;
  }
  const rest = text.slice(at).replace(/^(?:T|;|,? )/, '');
  try {
    return { date, time: parseTime(rest) };
  } catch {
    throw new RowProblem(
      `expected nothing but a time such as 09:30 after the date, got ${echo(text)}`,
    );
  }
}

const read = new Map<string, Instant>();
const remembered = 10_000;

function remember(text: string, instant: Instant): void {
  if (read.size === remembered) read.clear();
  read.set(text, instant);
}

/** Reads the time of a day. @throws RowProblem */
export function parseTime(text: string): string {
  const [, hours = '', minutes = '', seconds = '00', fraction, half] =
    time.exec(text) ?? compactTime.exec(text) ?? [];
  const hour =
    half === undefined ? Number(hours) : (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0);
  const tooLate = hour > 23 || Number(minutes) > 59 || Number(seconds) > 59;
  if (hours === '' || tooLate || (half !== undefined && Number(hours) > 12)) {
    throw new RowProblem(`expected a time such as 09:30:00, got ${echo(text)}`);
  }
  const start = `${String(hour).padStart(2, '0')}:${minutes}:${seconds}`;
  // PostgreSQL keeps microseconds.
  const kept = fraction?.slice(0, 6).replace(/0+$/, '') ?? '';
  return kept === '' ? start : `${start}.${kept}`;
}

function parseDay(day: string, text: string, line: number, order: Convention<DateOrder>): string {
  const plain = iso.exec(day) ?? compact.exec(day);
  if (plain) return existing(text, plain[1], plain[2], plain[3]);
  const first = yearFirst.exec(day);
  if (first) return existing(text, first[1], first[3], first[4]);
  const last = yearLast.exec(day);
  if (!last) throw new RowProblem(`expected a date such as 2026-01-31, got ${echo(text)}`);
  const [, one = '', mark, other = '', year] = last;
  if (mark === '.' || one === other) return existing(text, year, other, one);
  const dayFirst = Number(one) > 12;
  const monthFirst = Number(other) > 12;
  if (dayFirst && monthFirst) throw noSuchDay(text);
  const decided =
    dayFirst || monthFirst
      ? witnessed(dayFirst ? 'day/month/year' : 'month/day/year', line, text, order)
      : order.decide(line, text);
  return decided === 'day/month/year'
    ? existing(text, year, other, one)
    : existing(text, year, one, other);
}

function witnessed(
  reading: DateOrder,
  line: number,
  text: string,
  order: Convention<DateOrder>,
): DateOrder {
  order.witness(reading, line, text);
  return reading;
}

const daysOf = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function existing(text: string, year = '', month = '', day = ''): string {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const leap = y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0);
  if (d < 1 || d > (daysOf[m - 1] ?? 0) || (m === 2 && d === 29 && !leap)) throw noSuchDay(text);
  if (y < firstYear || y > lastYear) {
    throw new RowProblem(`expected a year from ${firstYear} to ${lastYear}, got ${echo(text)}`);
  }
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function noSuchDay(text: string): RowProblem {
  return new RowProblem(`expected a day that exists, got ${echo(text)}`);
}
