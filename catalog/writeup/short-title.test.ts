import { expect, it } from 'vitest';
import { shortTitle } from './short-title.ts';

it.each([
  ['The lanes close at noon', 'The lanes close at noon'],
  ['Bath on Sundays: LaneError [Lane 5], nobody swims for the whole day', 'LaneError [Lane 5]'],
  [
    'Bath: not enough lanes to swim in (expected 3, got 0)',
    'not enough lanes to swim in (expected 3, got…',
  ],
  ['Bath: lane: closed', 'lane: closed'],
  [
    'Bath: swimmers wait at the rope while no lane opens for anybody',
    'swimmers wait at the rope while no lane…',
  ],
])('shortens %s', (title, short) => {
  expect(shortTitle(title)).toBe(short);
});
