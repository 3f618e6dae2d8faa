import type { Cell, Evidence } from '../../catalog/evidence/schema.ts';
import {
  claimSchema,
  writeupSchema,
  type Claim,
  type Frontmatter,
} from '../../catalog/writeup/schema.ts';

/** A claim about the lanes of a public bath, which no harness has ever run. */
export function exampleClaim(id: string, changes: Record<string, unknown> = {}): Claim {
  return claimSchema.parse({
    id,
    says: `The sentence of ${id}`,
    run: { engine: 'celery', versions: ['1.0.0'], pool: 'prefork', platforms: ['linux'] },
    expect: { outcome: 'works' },
    control: 'lanes-open',
    ...changes,
  });
}

/** A write-up with the given claims. */
export function exampleWriteup(
  claims: Claim[],
  changes: Record<string, unknown> = {},
): Frontmatter {
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
    claims,
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
  const { engine, versions, pool, platforms, launches, emulate } = run;
  const [version = '1.0.0'] = versions;
  const [launch = 'plain'] = launches;
  const [platform = 'linux'] = platforms;
  return { engine, version, pool, platform, launch, ...(emulate && { emulate }), ...changes };
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
