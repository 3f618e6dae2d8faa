import { readTriedRepros } from '../../catalog/evidence/repros.ts';
import { cellName } from '../../catalog/evidence/schema.ts';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import type { Writeup } from '../../catalog/writeup/schema.ts';
import { casesOf, type ReproCase, type Wish } from './cases.ts';
import { digestOf, reproFiles, type ReproFiles } from './repro-folder.ts';
import { NeedsHarness } from './steps.ts';

/** A repro, and whether these very files have been seen to show the failure. */
export interface Repro {
  readonly one: ReproCase;
  readonly files: ReproFiles;
  /** Where and when; undefined where they have not been run. */
  readonly tried: { readonly on: string; readonly platform: string } | undefined;
}

/**
 * The repro of a bug: the failure that was tried, or the claim or version that is asked for.
 *
 * @throws BadInput where there is none, with what it would take and how the harness does it.
 */
export async function chooseRepro(writeup: Writeup, wish: Wish = {}): Promise<Repro> {
  const known = readTriedRepros()[writeup.slug];
  const isOpen = wish.claim === undefined && wish.version === undefined;
  if (isOpen && (known === undefined || 'why' in known)) {
    throw noRepro(writeup, known === undefined ? 'it has not been tried yet' : known.why);
  }
  const tried = known !== undefined && 'claim' in known ? known : undefined;
  const isTried = ({ bug }: ReproCase) =>
    bug.claim.id === tried?.claim && cellName(bug.cell) === tried.cell;
  const cases = casesOf(writeup, wish);
  const inOrder = [...cases.filter(isTried), ...cases.filter((one) => !isOpen && !isTried(one))];
  const reasons = new Set<string>();
  for (const one of inOrder) {
    const files = await reproFiles(one).catch((error: unknown) => {
      if (error instanceof NeedsHarness) return error.message;
      throw error;
    });
    if (typeof files === 'string') {
      reasons.add(files);
      continue;
    }
    const isSame = isTried(one) && digestOf(files) === tried?.digest;
    return { one, files, tried: isSame ? tried : undefined };
  }
  throw noRepro(writeup, [...reasons].join('; ') || 'no fix is recorded beside it');
}

function noRepro({ id }: Writeup, why: string): BadInput {
  return new BadInput(
    `expected a bug that shows without the harness, got ${id}: ${why}.\nRun it with the harness: poolproof harness ${id.replace('BUG-', '')}\nWhich bugs have a repro: docs/repros.md`,
  );
}
