import { cellsOf } from '../../catalog/evidence/cells.ts';
import type { Cell, Evidence } from '../../catalog/evidence/schema.ts';
import { claimSchema, type Claim, type Frontmatter } from '../../catalog/writeup/schema.ts';
import { writeupSchema } from '../../catalog/writeup/writeup-schema.ts';

/** A claim about the lanes of a public bath, which no harness has ever run. */
export function exampleClaim(id: string, changes: Record<string, unknown> = {}): Claim {
  const { run = { version: '1.0.0', pool: 'prefork', platforms: 'linux' }, ...others } = changes;
  const [claim] = writeupWith([{ id, run, says: `The sentence of ${id}` }]).claims;
  return claimSchema.parse({ ...claim, expect: { outcome: 'works' }, ...others });
}

/** A write-up with the given claims. */
export function exampleWriteup(
  claims: Claim[],
  changes: Record<string, unknown> = {},
): Frontmatter {
  return { ...writeupWith([], changes), claims };
}

function writeupWith(
  claims: Record<string, unknown>[],
  changes: Record<string, unknown> = {},
): Frontmatter {
  const run = { version: '1.0.0', pool: 'prefork', platforms: 'linux' };
  const spare = { says: 'Lanes are there.', run, expect: 'works', control: 'lanes-open' };
  return writeupSchema.parse({
    id: 'BUG-999',
    title: 'The lanes of the bath close at noon',
    description: 'Swimmers who arrive after noon find every lane closed.',
    engine: 'celery',
    status: 'live',
    severity: 'low',
    reported: '2026-01-03',
    symptom: 'Swimmers wait at the rope and no lane opens.',
    fix: { summary: 'Open them with the key.', code: 'bath --open', claim: 'lanes-open' },
    signatures: [
      { id: 'lane-closed', template: 'LaneError: lane {number} is closed', source: 'an example' },
    ],
    claims: [
      ...claims.map((claim) => ({ ...spare, ...claim })),
      { ...spare, id: 'one' },
      { ...spare, id: 'two' },
    ],
    ...changes,
  });
}

/** Evidence of a claim in its first cell: confirmed in one run. */
export function exampleEvidence(claim: Claim, changes: Partial<Evidence> = {}): Evidence {
  return {
    bug: 'BUG-999',
    slug: '999-lanes-close',
    claim: claim.id,
    says: claim.says,
    cell: exampleCell(claim),
    verdict: 'confirmed',
    reason: 'The swimmer reached the other end.',
    asWritten: true,
    runs: { total: 1, holding: 1 },
    control: { claim: claim.control, verdict: 'confirmed' },
    outcome: claim.expect.outcome,
    observation: exampleObservation(),
    commands: ['bath --open'],
    versions: { celery: '1.0.0' },
    system: { os: 'Example OS 1', kernel: '1.0', arch: 'x64' },
    broker: { kind: 'redis', how: 'native', version: '7.0.0' },
    harness: '0000000',
    ...changes,
  };
}

export function exampleCell({ run }: Claim, changes: Partial<Cell> = {}): Cell {
  const [cell] = cellsOf({ run });
  if (cell === undefined) throw new Error('The claim has no cell');
  return { ...cell, ...changes };
}

export function exampleObservation(
  startedAt = '2026-02-01T10:00:00.000Z',
): Evidence['observation'] {
  return {
    jobs: [{ name: 'swim(3)', state: 'failed', expected: 3, error: 'LaneError: lane 3 is closed' }],
    exits: [{ actor: 'worker', code: 1, signal: null }],
    facts: { lanes: 0 },
    log: ['worker | ready', 'client | sent swim(3)', 'worker | LaneError: lane 3 is closed'],
    startedAt,
    durationMs: 4200,
  };
}
