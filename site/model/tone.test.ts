import { expect, it } from 'vitest';
import { toneOf } from './tone.ts';

it('never gives a failure the colour of health, whatever the verdict', () => {
  expect(toneOf('confirmed', 'fails')).toBe('fails');
  expect(toneOf('refuted', 'fails')).toBe('fails');
  expect(toneOf('confirmed', 'works')).toBe('works');
  expect(toneOf('confirmed')).toBe('confirmed');
});

it('keeps what was not judged apart from both', () => {
  expect(toneOf('unknown', 'works')).toBe('unknown');
  expect(toneOf('unstable', 'works')).toBe('unstable');
  expect(toneOf('stale', 'works')).toBe('stale');
  expect(toneOf('not run', 'works')).toBe('not-run');
});
