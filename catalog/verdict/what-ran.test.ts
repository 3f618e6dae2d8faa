import { expect, test } from 'vitest';
import type { Cell } from '../evidence/schema.ts';
import type { Claim, Platform } from '../writeup/schema.ts';
import type { ShownVerdict } from './results.ts';
import { whatRan } from './what-ran.ts';

type Seen = Partial<Record<Platform, ShownVerdict[]>>;

function told(seen: Seen, conditions: Partial<Cell> = {}) {
  const platforms = Object.keys(seen) as Platform[];
  const results = platforms.flatMap((platform) =>
    (seen[platform] ?? []).map((verdict) => ({
      verdict,
      cell: { platform, ...conditions } as Cell,
    })),
  );
  return whatRan({ run: { platforms } as Claim['run'] }, results);
}

test.each<[Seen, string, ShownVerdict, boolean]>([
  [{ linux: ['confirmed'] }, 'confirmed on Linux', 'confirmed', true],
  [
    { win32: ['not run'], wine: ['confirmed'] },
    'confirmed on Wine, not run on Windows',
    'confirmed',
    false,
  ],
  [
    { linux: ['confirmed'], darwin: ['not run'] },
    'confirmed on Linux, not run on macOS',
    'confirmed',
    false,
  ],
  [
    { linux: ['confirmed'], darwin: ['not run'], win32: ['not run'], wine: ['confirmed'] },
    'confirmed on Linux and Wine, not run on macOS and Windows',
    'confirmed',
    false,
  ],
  [
    { linux: ['confirmed', 'not run', 'confirmed'] },
    'confirmed on Linux (2 of 3 combinations)',
    'confirmed',
    false,
  ],
  [
    { linux: ['confirmed', 'refuted'], wine: ['confirmed'] },
    'refuted on Linux, confirmed on Wine',
    'refuted',
    false,
  ],
  [{ linux: ['confirmed', 'stale'] }, 'stale on Linux', 'stale', true],
  [{ win32: ['not run'], darwin: ['not run'] }, 'not run on Windows and macOS', 'not run', true],
])('%j is told as "%s"', (seen, words, verdict, everywhere) => {
  expect(told(seen)).toMatchObject({ words, verdict, everywhere });
});

test('what was imitated or imposed is told', () => {
  expect(told({ linux: ['confirmed'], darwin: ['not run'] }, { emulate: 'spawn' }).words).toBe(
    'confirmed on Linux with spawn emulated, not run on macOS',
  );
  expect(told({ linux: ['confirmed'] }, { shm: '0755' }).words).toBe(
    'confirmed on Linux with /dev/shm of mode 0755 imposed',
  );
});
