const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/;
const compact = /^(\d{4})(\d{2})(\d{2})$/;
const yearFirst = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/;
const yearLast = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/;

/**
 * Reads a date: ISO (2026-01-31, a time after it is dropped), 20260131, 2026/01/31, or day first
 * (31.01.2026, 31/01/2026, 31-01-2026). With slashes or hyphens the day must be over 12 or the same
 * as the month, because 03/04/2026 is March in one country and April in the next. Dots are day first.
 * @returns the ISO form.
 * @throws Error with the reason, to be shown beside the line.
 */
export function parseDate(text: string): string {
  const value = text.trim();
  const first = iso.exec(value) ?? compact.exec(value) ?? yearFirst.exec(value);
  if (first) return existing(text, first[1], first[2], first[3]);
  const last = yearLast.exec(value);
  if (!last) throw new Error(`expected a date such as 2026-01-31, got "${text}"`);
  const [, day, separator, month, year] = last;
  if (separator !== '.' && day !== month && Number(day) <= 12 && Number(month) <= 12) {
    throw new Error(
      `expected a date that can be read in one way only, got "${text}". Write it as 2026-01-31`,
    );
  }
  return existing(text, year, month, day);
}

function existing(text: string, year = '', month = '', day = ''): string {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  // Date counts the 31st of April as the 1st of May.
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) {
    throw new Error(`expected a day that exists, got "${text}"`);
  }
  return [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-');
}
