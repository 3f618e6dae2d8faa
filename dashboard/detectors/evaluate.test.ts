import { describe, expect, test } from 'vitest';
import { evaluate, type Alerts } from './evaluate.ts';

const detector = {
  name: 'pressure',
  thresholds: { on: 10, onForSeconds: 10, off: 5, offForSeconds: 10, cooldownSeconds: 60 },
};

/** What changed, as `second: state`, over a series of values: one a step of five seconds; `-`: the subject is gone. */
function run(values: readonly (number | '-')[]): string[] {
  let alerts: Alerts = new Map();
  return values.flatMap((value, index) => {
    const reading = { subject: 'pump', name: 'pump', value: Number(value), says: `at ${value}` };
    const step = evaluate(alerts, detector, value === '-' ? [] : [reading], index * 5000);
    alerts = step.alerts;
    return step.changed.map(({ state }) => `${index * 5} s: ${state}`);
  });
}

describe('an alert', () => {
  test.for([
    { name: 'fires after it was on for long enough', values: [10, 12, 11], then: ['10 s: firing'] },
    { name: 'does not fire for a moment', values: [10, 12, 9, 10, 12, 4], then: [] },
    {
      name: 'goes on between off and on',
      values: [10, 10, 10, 7, 6, 7, 6, 7, 6],
      then: ['10 s: firing'],
    },
    {
      name: 'is resolved after it was off for long enough',
      values: [10, 10, 10, 4, 4, 4],
      then: ['10 s: firing', '25 s: resolved'],
    },
    {
      name: 'is not resolved by a moment',
      values: [10, 10, 10, 4, 4, 10, 4, 4, 10],
      then: ['10 s: firing'],
    },
    {
      name: 'is resolved when its subject is gone',
      values: [10, 10, 10, '-', '-', '-'],
      then: ['10 s: firing', '25 s: resolved'],
    },
    {
      name: 'cools down before it fires again, and then must be on for long enough',
      values: [10, 10, 10, 0, 0, 0, ...Array<number>(15).fill(20)],
      then: ['10 s: firing', '25 s: resolved', '95 s: firing'],
    },
  ] as const)('$name', ({ values, then }) => {
    expect(run(values)).toEqual(then);
  });
});
