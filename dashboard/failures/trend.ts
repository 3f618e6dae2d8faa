const hour = 3_600_000;
/** Hours that are drawn. */
const hours = 24;

/** How often a kind of failure occurred of late. */
export interface Trend {
  /** For each of the last 24 hours, the last one last. */
  readonly hourly: readonly number[];
  readonly lastHour: number;
  readonly hourBefore: number;
  /**
   * `more`, `fewer` or `as many` in the last hour as in the one before; `new` where the first occurred
   * in the last hour; `unknown` where the jobs looked at do not reach back two hours.
   */
  readonly is: 'new' | 'more' | 'fewer' | 'as many' | 'unknown';
}

/**
 * @param times of the failures, in epoch milliseconds.
 * @param reach since when all failures are known, in epoch milliseconds. Older ones were not looked at.
 */
export function trendOf(times: readonly number[], reach: number, now: number): Trend {
  const hourly = Array.from({ length: hours }, () => 0);
  for (const time of times) {
    const age = Math.floor(Math.max(0, now - time) / hour);
    if (age < hours) hourly[hours - 1 - age] = (hourly[hours - 1 - age] ?? 0) + 1;
  }
  const lastHour = hourly.at(-1) ?? 0;
  const hourBefore = hourly.at(-2) ?? 0;
  return { hourly, lastHour, hourBefore, is: compare() };

  function compare(): Trend['is'] {
    if (reach > now - 2 * hour) return 'unknown';
    if (lastHour === times.length && times.length > 0) return 'new';
    if (lastHour === hourBefore) return 'as many';
    return lastHour > hourBefore ? 'more' : 'fewer';
  }
}
