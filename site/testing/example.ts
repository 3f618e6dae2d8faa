import path from 'node:path';
import { cellsOf } from '../../catalog/evidence/cells.ts';
import { controlCells } from '../../catalog/evidence/control-cells.ts';
import { Sources } from '../../catalog/evidence/digest.ts';
import type { Cell, Evidence, Observation } from '../../catalog/evidence/schema.ts';
import { claimSchema, type Claim, type Frontmatter } from '../../catalog/writeup/schema.ts';
import { writeupSchema } from '../../catalog/writeup/writeup-schema.ts';
import { testedBug, type TestedBug } from '../model/bug.ts';

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

/** A bug of the site with these claims, judged. */
export function exampleBug(
  claims: Claim[],
  evidence: Evidence[] = [],
  changes: Record<string, unknown> = {},
): TestedBug {
  return testedBug('999-lanes-close', exampleWriteup(claims, changes), evidence, noSources);
}

/** How exampleEvidence differs from one confirmed run. */
interface Changes extends Partial<Evidence> {
  /** What the runs came to, in their order. Default: one, as the claim says. */
  came?: readonly Outcome[];
  /** What the control came to. Default: as it says. */
  controlCame?: Outcome;
  at?: string;
}
type Outcome = Claim['expect']['outcome'];

/** Digests of a project without files: those of whatever stands in no tree. */
export const noSources = new Sources(path.join(import.meta.dirname, 'no-such-folder'));

/**
 * Evidence of a claim in its first cell: confirmed in one run, its control too.
 * @param control the claim that controls it; one like any other by default.
 */
export function exampleEvidence(
  claim: Claim,
  changes: Changes = {},
  control = exampleClaim(claim.control),
): Evidence {
  const { came = [claim.expect.outcome], at, controlCame, ...others } = changes;
  const cell = others.cell ?? exampleCell(claim);
  const byOutcome = [...Map.groupBy(came.keys(), (index) => came[index] ?? 'works')];
  const slug = others.slug ?? '999-lanes-close';
  return {
    bug: 'BUG-999',
    slug,
    claim: claim.id,
    says: claim.says,
    cell,
    recordedFrom: {
      commit: '0000000',
      digests: noSources.digestsOf({ slug, claim, cell, control }),
    },
    conditions: [{ atOnce: 1, load: 0 }],
    runs: byOutcome.map(([outcome, rounds]) => ({
      rounds: rounds.map((index) => index + 1),
      observation: exampleObservation(outcome, at),
    })),
    control: {
      claim: control.id,
      cells: controlCells(control, cell).map((one) => ({
        cell: one,
        versions: { celery: one.version },
        runs: [
          {
            rounds: came.map((_, index) => index + 1),
            observation: exampleObservation(controlCame ?? control.expect.outcome, at),
          },
        ],
      })),
    },
    commands: ['bath --open'],
    versions: { celery: cell.version },
    system: { os: 'Linux', kernel: '1.0', arch: 'x64' },
    broker: { kind: 'redis', how: 'native', version: '7.0.0' },
    ...others,
  };
}

export function exampleCell({ run }: Claim, changes: Partial<Cell> = {}): Cell {
  const [cell] = cellsOf({ run });
  if (cell === undefined) throw new Error('The claim has no cell');
  return { ...cell, ...changes };
}

export function exampleObservation(
  came: Outcome,
  startedAt = '2026-02-01T10:00:00.000Z',
): Observation {
  const failed = came === 'fails';
  return {
    jobs: [
      failed
        ? { name: 'swim(3)', state: 'failed', expected: 3, error: 'LaneError: lane 3 is closed' }
        : { name: 'swim(3)', state: 'completed', expected: 3, result: 3 },
    ],
    exits: failed ? [{ actor: 'worker', code: 1, signal: null }] : [],
    facts: { lanes: failed ? 0 : 3 },
    log: [
      'worker | ready',
      'client | sent swim(3)',
      failed ? 'worker | LaneError: lane 3 is closed' : 'worker | 3 lanes are open',
    ],
    startedAt,
    durationMs: 4200,
  };
}
