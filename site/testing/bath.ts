import type { Evidence } from '../../catalog/evidence/schema.ts';
import type { Claim } from '../../catalog/writeup/schema.ts';
import {
  exampleCell,
  exampleClaim,
  exampleEvidence,
  exampleObservation,
  exampleWriteup,
} from './example.ts';

export const slug = '999-lanes-close';
const pool = { engine: 'celery', pool: 'prefork' };
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
const warms = exampleClaim('water-warms', {
  known: 'refuted',
  truth: 'The water of this bath is cold at every hour.',
});

const longLine = `worker | LaneError: lane ${'3'.repeat(400)} is closed`;

/** A write-up whose claims came to every verdict there is, and one that was never run. */
export const writeup = exampleWriteup([closes, flaps, opens, sinks, freezes, warms]);

export const evidence: Evidence[] = [
  exampleEvidence(closes, {
    observation: { ...exampleObservation(), log: [...exampleObservation().log, longLine] },
  }),
  exampleEvidence(closes, { cell: exampleCell(closes, { version: '2.0.0' }), ...contradicted() }),
  exampleEvidence(flaps, { verdict: 'unstable', runs: { total: 10, holding: 7 } }),
  exampleEvidence(opens),
  exampleEvidence(sinks, {
    verdict: 'unknown',
    outcome: 'unclear',
    control: { claim: 'lanes-open', verdict: 'refuted' },
  }),
  exampleEvidence(warms, { verdict: 'refuted', outcome: 'fails' }),
];

/** The page with every run of a claim. */
export function pageOf(claim: Claim['id']): string {
  return `/evidence/${slug}/${claim}/`;
}

function contradicted(): Partial<Evidence> {
  return {
    verdict: 'refuted',
    outcome: 'works',
    asWritten: false,
    reason: 'The lanes stayed open.',
  };
}
