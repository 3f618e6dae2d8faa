import { valueIn, type Cell } from '../cell/cell.ts';
import type { DimensionTable } from '../cell/dimension.ts';
import { dimensions, platformNames } from '../cell/dimensions.ts';
import type { Claim, Platform } from '../writeup/schema.ts';
import type { ClaimResult, ShownVerdict } from './results.ts';

/** What is known of a claim on one platform that it speaks of. */
interface PlatformResult {
  readonly platform: Platform;
  /** The gravest among the cells that ran; `not run` where none did. */
  readonly verdict: ShownVerdict;
  /** How many of its cells ran there. */
  readonly ran: number;
  readonly cells: number;
}

/** What of a claim ran where, for a badge: its verdict may be shown plainly only where it is `everywhere`. */
export interface WhatRan {
  /** The gravest among all cells that ran: refuted, unstable, unknown, stale, confirmed, not run. */
  readonly verdict: ShownVerdict;
  /** Whether every combination on every platform that the sentence speaks of ran, and all platforms came to that verdict. */
  readonly everywhere: boolean;
  /** In words: `confirmed on Wine, not run on Windows`, `confirmed on Linux (2 of 3 combinations)`. */
  readonly words: string;
  /** One for each platform, in the order of the write-up. */
  readonly platforms: readonly PlatformResult[];
}

const gravity: readonly ShownVerdict[] = [
  'not run',
  'confirmed',
  'stale',
  'unknown',
  'unstable',
  'refuted',
];

/** The gravest of some verdicts; `not run` when there is none, or nothing else. */
function gravest(verdicts: readonly ShownVerdict[]): ShownVerdict {
  return gravity.findLast((one) => verdicts.includes(one)) ?? 'not run';
}

/**
 * Says what of a claim ran where, and how it came out there.
 *
 * @param results those of one claim, in all of its cells.
 */
export function whatRan(
  claim: Pick<Claim, 'run'>,
  results: readonly Pick<ClaimResult, 'cell' | 'verdict'>[],
): WhatRan {
  const platforms = claim.run.platforms.map((platform): PlatformResult => {
    const there = results.filter(({ cell }) => cell.platform === platform);
    const ran = there.filter(({ verdict }) => verdict !== 'not run');
    return {
      platform,
      verdict: gravest(ran.map(({ verdict }) => verdict)),
      ran: ran.length,
      cells: there.length,
    };
  });
  const verdict = gravest(platforms.map((one) => one.verdict));
  return {
    verdict,
    everywhere: platforms.every(
      (one) => one.verdict === verdict && (verdict === 'not run' || one.ran === one.cells),
    ),
    words: inWords(platforms, imposedWords(results)),
    platforms,
  };
}

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** The graver first, `not run` last; platforms that came to the same are told together. */
function inWords(platforms: readonly PlatformResult[], imposed: string): string {
  const byVerdict = Map.groupBy(platforms, ({ verdict }) => verdict);
  return gravity
    .toReversed()
    .flatMap((verdict) => {
      const there = byVerdict.get(verdict) ?? [];
      if (there.length === 0) return [];
      const where = list.format(there.map(placeOf));
      return `${verdict} on ${where}${verdict === 'not run' ? '' : imposed}`;
    })
    .join(', ');
}

function placeOf({ platform, ran, cells }: PlatformResult): string {
  const name = platformNames[platform];
  return ran === 0 || ran === cells ? name : `${name} (${ran} of ${cells} combinations)`;
}

/** What was imitated or imposed; whoever tells of such runs says so. */
function imposedWords(results: readonly { cell: Cell; verdict: ShownVerdict }[]): string {
  const ran = results.filter(({ verdict }) => verdict !== 'not run').map(({ cell }) => cell);
  const imposed = Object.entries(dimensions as DimensionTable).flatMap(([key, dimension]) => {
    if (dimension.shown !== 'condition') return [];
    const values = ran.map((cell) => valueIn(cell, key)).filter((value) => value !== undefined);
    return values.flatMap(
      (value) => dimension.sentence?.(value) ?? dimension.words(value, 'celery'),
    );
  });
  return imposed.length === 0 ? '' : ` with ${list.format(new Set(imposed))}`;
}
