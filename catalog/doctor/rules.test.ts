import { describe, expect, test } from 'vitest';
import { createHistoryLookUp } from '../verdict/history-look-up.ts';
import { readWriteups } from '../writeup/read.ts';
import { applyRule } from './apply-rule.ts';
import { factsFor } from './testing/facts-for.ts';

/** Every rule of every write-up, both ways: a rule that is added is tested by being there. */
const lookUp = createHistoryLookUp();
const rules = readWriteups().flatMap((writeup) =>
  writeup.applies.map((rule, index) => ({ name: `${writeup.id} rule ${index}`, writeup, rule })),
);

describe.each(rules)('$name', ({ writeup, rule }) => {
  const { fits, misses } = factsFor(rule, writeup, lookUp);

  test('applies to what it asks for, and says why', () => {
    const applied = applyRule(rule, writeup, fits, lookUp);
    expect(applied?.level).toBe(rule.sure ? 'sure' : 'perhaps');
    expect(applied?.because.length).toBeGreaterThan(0);
    for (const { says, place } of applied?.because ?? []) {
      expect(says).not.toMatch(/undefined|\[object/);
      expect(place.file).toBe('made-for-a-test');
    }
  });

  test.each(misses)('does not apply $what', ({ facts }) => {
    expect(applyRule(rule, writeup, facts, lookUp)).toBeUndefined();
  });
});

test('where no file names packages, a rule that asks for none is perhaps at most', () => {
  const found = rules.flatMap(({ writeup, rule }) => {
    const { fits } = factsFor(rule, writeup, lookUp);
    const applied = applyRule(rule, writeup, { ...fits, projects: [] }, lookUp);
    return applied ? [{ rule, applied }] : [];
  });
  expect(found.length).toBeGreaterThan(0);
  for (const { rule, applied } of found) {
    expect((rule.sure ?? rule.perhaps)?.packages).toBeUndefined();
    expect(applied.level).toBe('perhaps');
  }
});

test('what may be one of several brokers or processes is perhaps at most', () => {
  for (const { writeup, rule } of rules) {
    const { fits } = factsFor(rule, writeup, lookUp);
    const ambiguous = {
      ...fits,
      brokers: fits.brokers.map((one) => ({ ...one, ambiguous: true as const })),
      processes: fits.processes.map((one) => ({ ...one, ambiguous: true as const })),
    };
    if (fits.brokers.length + fits.processes.length === 0) continue;
    expect(applyRule(rule, writeup, ambiguous, lookUp)?.level).toBe('perhaps');
  }
});
