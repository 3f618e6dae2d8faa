import { cellsOf } from '../../evidence/cells.ts';
import type { Contradiction } from '../contradiction.ts';
import type { Claim } from '../expanded.ts';
import type { Frontmatter, ShortFrontmatter } from '../schema.ts';
import { reference } from './reference.ts';

/**
 * Whether a claim has a control that can be run where it is run: another claim, with a cell on each
 * of its platforms. A control that is not written is that of `controls` or `fix.claim`, so the message
 * says what to write.
 */
export function checkControl(
  claim: Claim,
  index: number,
  { claims, fix }: Frontmatter,
  short: ShortFrontmatter,
): Contradiction[] {
  const isWritten = short.claims[index]?.control !== undefined;
  const path = isWritten ? ['claims', index, 'control'] : ['claims', index];
  if (!isWritten && claim.id === fix.claim && claim.control === '') {
    const message = `expected a control for "${claim.id}", which fix.claim names, got no claim that shows the failure. Add "shownBy" to the write-up, or write control: ${other(claim, claims) ?? 'its opposite'}.`;
    return [{ path, message }];
  }
  // What `controls` or fix.claim name and does not exist is told there.
  if (!isWritten && !claims.some(({ id }) => id === claim.control)) return [];
  const control = claims.find(({ id }) => id === claim.control);
  if (control === undefined) {
    return reference(
      path,
      claim.control,
      'claim',
      claims.map(({ id }) => id),
    );
  }
  const opposite = other(claim, claims);
  const advice = opposite ? `Write control: ${opposite}.` : 'Name its opposite.';
  if (control.id === claim.id) {
    const message = `expected another claim as the control, got "${claim.id}" itself. ${advice}`;
    return [{ path, message }];
  }
  const missing = uncovered(claim, control);
  if (missing.length === 0) return [];
  const got = `got none on ${missing.join(', ')}`;
  const how = opposite ? `write control: ${opposite}` : 'name another control';
  const whose = isWritten ? '' : ', which it has because none is written';
  const message = `expected a control with a cell on every platform of "${claim.id}", ${got} from "${control.id}"${whose}. Add the platform there, or ${how}.`;
  return [{ path, message }];
}

/** The platforms on which a claim has a cell and its control none. */
function uncovered(claim: Claim, control: Claim): string[] {
  const there = new Set(cellsOf(control).map(({ platform }) => platform));
  const wanted = new Set(cellsOf(claim).map(({ platform }) => platform));
  return [...wanted].filter((platform) => !there.has(platform));
}

/** A claim that could be the control: one that comes out otherwise, on the same platforms. */
function other(claim: Claim, claims: readonly Claim[]): string | undefined {
  const able = claims.filter((one) => one.id !== claim.id && uncovered(claim, one).length === 0);
  const opposite = able.find((one) => one.expect.outcome !== claim.expect.outcome);
  return (opposite ?? able[0])?.id;
}
