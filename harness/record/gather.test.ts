import { expect, test } from 'vitest';
import { evidenceSchema } from '../../catalog/evidence/schema.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';
import { fixtureProject } from '../fixtures/project.ts';
import type { CaseTrial } from '../trial/trial.ts';
import { select } from '../selection/select.ts';
import { gather } from './gather.ts';

const cases = select(readWriteups(fixtureProject('plain')), {});
const [polite] = cases;
if (polite === undefined) throw new Error('the fixture has a claim');
const conditions = [1, 2, 3].map((atOnce) => ({ atOnce, load: 0 }));

type OneTrial = Extract<CaseTrial, { is: 'tested' }>['own'];

function observed(completed: boolean, log: string[] = [], durationMs = 5): OneTrial {
  const job = completed
    ? { name: 'ask', state: 'completed' as const, result: 42, expected: 42 }
    : { name: 'ask', state: 'failed' as const, expected: 42, error: 'Grumble: not without please' };
  return {
    is: 'observed',
    judgedAfterMs: durationMs,
    waitedInVainMs: 0,
    record: {
      observation: {
        ...{ jobs: [job], exits: [], facts: { answers: completed ? 1 : 0 }, log },
        ...{ startedAt: new Date(durationMs).toISOString(), durationMs },
      },
      commands: ['node answer.mjs'],
      versions: { bullmq: '6.7.0' },
      broker: { kind: 'none', how: 'none', version: '' },
      system: { os: 'Linux', kernel: '6', arch: 'x64' },
    },
  };
}

const failed: OneTrial = { is: 'failed', error: 'no such actor' };

function gathered(own: OneTrial[], control = own.map(() => observed(false))) {
  const rounds = own.map((trial, index): CaseTrial => {
    const trials = polite?.control.cells.map((cell) => ({
      cell,
      trial: control[index] ?? failed,
    }));
    return { is: 'tested', own: trial, control: trials ?? [] };
  });
  if (polite === undefined) throw new Error('the fixture has a claim');
  return gather(polite, rounds, conditions.slice(0, own.length));
}

test('runs that came to the same are one observation, with the log of the first', () => {
  const result = gathered([observed(true, ['first'], 5), observed(true, ['second'], 9)]);
  expect(result).toMatchObject({ verdict: 'confirmed', runs: { total: 2, holding: 2 } });
  expect(result.evidence?.runs).toMatchObject([
    { rounds: [1, 2], observation: { log: ['first'], durationMs: 5 } },
  ]);
  expect(result.evidence?.control.cells).toMatchObject([{ runs: [{ rounds: [1, 2] }] }]);
});

test('runs that show another message are told apart', () => {
  const grumbling = ['answer | Grumble: not without please'];
  const { evidence } = gathered([observed(true), observed(true, grumbling), observed(true)]);
  expect(evidence?.runs.map(({ rounds }) => rounds)).toEqual([[1, 3], [2]]);
});

test('m of n counts every round, each distinct observation kept', () => {
  const result = gathered([observed(true), observed(false), observed(true)]);
  expect(result).toMatchObject({ verdict: 'unstable', runs: { total: 3, holding: 2 } });
  expect(result.asWritten).toBe(false);
  expect(result.evidence?.runs.map(({ rounds }) => rounds)).toEqual([[1, 3], [2]]);
});

test('a run whose scenario failed is counted, and makes the claim unknown', () => {
  const result = gathered([observed(true), failed]);
  expect(result).toMatchObject({
    verdict: 'unknown',
    reason: 'the scenario failed: no such actor',
    runs: { total: 2, holding: 1 },
  });
  expect(result.evidence?.runs).toMatchObject([
    { rounds: [1] },
    { rounds: [2], error: 'no such actor' },
  ]);
});

test('a control that held in one round alone leaves the claim unknown', () => {
  const result = gathered([observed(true), observed(true)], [observed(false), observed(true)]);
  expect(result.verdict).toBe('unknown');
  expect(result.reason).toContain('its control rude-fails was unstable (held in 1 of 2 runs');
});

test('where nothing was observed there is no evidence', () => {
  expect(gathered([failed]).evidence).toBeUndefined();
});

test('what is gathered is evidence as it is written', () => {
  const { evidence } = gathered([observed(true), failed, observed(false)]);
  const none = '0'.repeat(32);
  const digests = { setup: none, scenario: none, actors: none, programs: none, control: none };
  const recordedFrom = { commit: 'abc', digests };
  expect(() => evidenceSchema.parse({ ...evidence, recordedFrom })).not.toThrow();
});
