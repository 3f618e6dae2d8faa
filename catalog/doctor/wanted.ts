import { factHolds } from '../verdict/facts.ts';
import type { FactName, FactValue, Wanted } from './fact-names.ts';

/** Whether a fact is as a rule asks. */
export function isWanted(value: FactValue, wanted: Wanted): boolean {
  if (Array.isArray(wanted)) return wanted.some((one: FactValue) => isWanted(value, one));
  if (typeof wanted !== 'string') return value === wanted;
  const [, word] = /^!= (?!-?\d)(.+)$/.exec(wanted) ?? [];
  return word === undefined ? factHolds(value, wanted) : value !== word;
}

/**
 * Values of which some are as asked and some are not: what the generated tests of a rule are made of.
 *
 * @throws for a rule that every value fits, or none.
 */
export function valuesFor(
  { values }: FactName,
  wanted: Wanted,
): Record<'fits' | 'misses', FactValue[]> {
  const all = candidates(values, wanted);
  const fits = all.filter((value) => isWanted(value, wanted));
  const misses = all.filter((value) => !isWanted(value, wanted));
  if (fits.length === 0 || misses.length === 0) {
    throw new Error(
      `expected a rule that some values fit and some do not, got ${JSON.stringify(wanted)}`,
    );
  }
  return { fits, misses };
}

function candidates(values: FactName['values'], wanted: Wanted): FactValue[] {
  if (values === 'flag') return [true, false];
  if (values !== 'word' && values !== 'number') return [...values];
  const written = (Array.isArray(wanted) ? wanted : [wanted]) as readonly FactValue[];
  if (values === 'word') {
    return [...written.map((one) => String(one).replace(/^!= /, '')), 'something-else'];
  }
  return written.flatMap((one) => {
    const number = Number(String(one).replace(/^\D* /, ''));
    return [number - 1, number, number + 1];
  });
}
