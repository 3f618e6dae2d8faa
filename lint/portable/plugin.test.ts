import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';
import { everySlip, portable, slips } from './plugin.ts';

/** The rules that a program breaks. */
function broken(code: string): (string | null)[] {
  const linter = new Linter();
  const messages = linter.verify(code, { plugins: { portable }, rules: everySlip });
  return messages.map(({ ruleId, message }) => ruleId ?? message);
}

describe.each(Object.entries(slips))('%s', (name, { bad, good }) => {
  test.each(bad)('catches %s', (code) => {
    expect(broken(code)).toEqual([`portable/${name}`]);
  });

  test.each(good)('lets pass %s', (code) => {
    expect(broken(code)).toEqual([]);
  });
});
