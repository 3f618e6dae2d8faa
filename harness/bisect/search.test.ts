import { expect, test } from 'vitest';
import { edgesOf, nextToTry, probesAmong, type Known } from './search.ts';

const versions = [1, 2, 3].flatMap((major) =>
  Array.from({ length: 40 }, (_, minor) => `${major}.${minor}.0`),
);

/** Searches a history, and tells what was tried. */
function search(
  isIn: (version: string) => boolean,
  options: { probes?: string[]; all?: boolean; broken?: string[] } = {},
): Map<string, Known> {
  const { probes = probesAmong(versions, []), all = false, broken = [] } = options;
  const known = new Map<string, Known>();
  for (;;) {
    const next = nextToTry({ versions, probes, all }, known);
    if (next.length === 0) return known;
    for (const version of next) {
      if (known.has(version)) throw new Error(`${version} is tried twice`);
      known.set(version, broken.includes(version) ? 'not run' : isIn(version) ? 'in' : 'out');
    }
  }
}

const between = (from: string, to: string) => (version: string) =>
  versions.indexOf(version) >= versions.indexOf(from) &&
  versions.indexOf(version) <= versions.indexOf(to);

test('a range that reaches the newest version is found to the version, in few tries', () => {
  const known = search(between('2.17.0', '3.39.0'));
  expect(edgesOf(versions, known)).toEqual(['2.16.0', '2.17.0']);
  expect(known.size).toBeLessThan(15);
});

test('two ranges are found where a probe lies in each', () => {
  const first = between('2.7.0', '2.13.0');
  const second = between('3.5.0', '3.9.0');
  const known = search((version) => first(version) || second(version), {
    probes: [...probesAmong(versions, ['2.10.0', '3.9.0'])],
  });
  expect(edgesOf(versions, known)).toEqual([
    ...['2.6.0', '2.7.0', '2.13.0', '2.14.0'],
    ...['3.4.0', '3.5.0', '3.9.0', '3.10.0'],
  ]);
});

test('a range in which no probe lies is found by trying all', () => {
  const hidden = between('2.20.0', '2.21.0');
  expect(edgesOf(versions, search(hidden))).toEqual([]);
  expect(edgesOf(versions, search(hidden, { all: true }))).toEqual([
    ...['2.19.0', '2.20.0', '2.21.0', '2.22.0'],
  ]);
});

test('a version that cannot be run is passed over', () => {
  const known = search(between('2.17.0', '3.39.0'), { broken: ['2.16.0', '2.17.0', '2.20.0'] });
  expect(edgesOf(versions, known)).toEqual(['2.15.0', '2.18.0']);
});

test('it begins with what the write-up names and the ends of majors, of older ones the last alone', () => {
  expect(probesAmong(versions, ['2.5.0', '9.9.9'])).toEqual([
    ...['1.39.0', '2.0.0', '2.5.0', '2.39.0', '3.0.0', '3.39.0'],
  ]);
});

test('with probes alone at both ends it stays between them', () => {
  const known = search(between('2.17.0', '3.39.0'), { probes: ['2.10.0', '2.30.0'] });
  expect([...known.keys()].every(between('2.10.0', '2.30.0'))).toBe(true);
  expect(edgesOf(versions, known)).toEqual(['2.16.0', '2.17.0']);
});
