import type { Evidence } from '../../catalog/evidence/schema.ts';
import type { Claim, Expectation } from '../../catalog/writeup/schema.ts';
import { exampleCell, exampleClaim, exampleEvidence, exampleWriteup } from './example.ts';

export const slug = '999-lanes-close';
const pool = { pool: 'prefork' };
const fails = { outcome: 'fails', signature: 'lane-closed' };

const closes = exampleClaim('lanes-close', {
  run: { ...pool, versions: ['1.0.0', '2.0.0'], platforms: ['linux', 'win32'], emulate: 'spawn' },
  expect: fails,
});
const flaps = exampleClaim('lanes-flap', {
  run: { ...pool, versions: ['1.0.0'], platforms: ['wine'], launches: ['venv'] },
  expect: fails,
});
const opens = exampleClaim('lanes-open', { control: 'lanes-close' });
const sinks = exampleClaim('floor-sinks');
const freezes = exampleClaim('water-freezes', {
  run: { ...pool, versions: ['1.0.0'], platforms: ['darwin'] },
});
const rises = exampleClaim('water-rises');
const warms = exampleClaim('water-warms', {
  known: 'refuted',
  truth: 'The water of this bath is cold at every hour.',
});
const splashes = exampleClaim('water-splashes', {
  run: { ...pool, versions: ['1.0.0'], platforms: ['windows'] },
});
// A control for what was run in places where the lanes are not.
const elsewhere = exampleClaim('door-opens', {
  run: { ...pool, versions: ['1.0.0'], platforms: 'everywhere' },
});

const longLine = `worker | LaneError: lane ${'3'.repeat(400)} is closed`;

/** A write-up whose claims came to everything there is, and one that was never run. */
export const writeup = exampleWriteup([
  closes,
  { ...flaps, control: elsewhere.id },
  opens,
  sinks,
  freezes,
  rises,
  warms,
  { ...splashes, control: elsewhere.id },
  elsewhere,
]);

const closed = exampleEvidence(closes);

export const evidence: Evidence[] = [
  withLine(closed, longLine),
  exampleEvidence(closes, { cell: exampleCell(closes, { version: '2.0.0' }), came: ['works'] }),
  exampleEvidence(
    { ...flaps, control: elsewhere.id },
    { came: [...many('fails', 7), ...many('works', 3)] },
    elsewhere,
  ),
  exampleEvidence(opens, {}, closes),
  exampleEvidence(sinks, { controlCame: 'fails' }),
  exampleEvidence(rises, { says: 'The water of this bath rose' }),
  exampleEvidence(warms, { came: ['fails'] }),
  exampleEvidence(
    { ...splashes, control: elsewhere.id },
    { cell: exampleCell(splashes, { platform: 'wine' }) },
    elsewhere,
  ),
];

/** The page with every run of a claim. */
export function pageOf(claim: Claim['id']): string {
  return `/evidence/${slug}/${claim}/`;
}

function many(outcome: Expectation['outcome'], times: number): Expectation['outcome'][] {
  return Array.from({ length: times }, () => outcome);
}

function withLine(one: Evidence, line: string): Evidence {
  const runs = one.runs.map((run) =>
    'observation' in run
      ? { ...run, observation: { ...run.observation, log: [...run.observation.log, line] } }
      : run,
  );
  return { ...one, runs };
}
