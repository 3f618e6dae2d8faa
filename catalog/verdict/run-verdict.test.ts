import { expect, test } from 'vitest';
import type { Observation } from '../evidence/schema.ts';
import { expectationSchema, signatureSchema } from '../writeup/schema.ts';
import { judgeRun } from './run-verdict.ts';

const grumble = signatureSchema.parse({
  id: 'grumble',
  template: 'Grumble: not without {word}',
  source: 'the tests of the judge',
});
const cornered = signatureSchema.parse({
  id: 'cornered',
  template: 'Permission denied: {path}',
  source: 'the tests of the judge',
  near: ['semaphore {name}'],
});

const worked = run({ jobs: [job({ state: 'completed', result: 4, expected: 4 })] });
const grumbled = run({
  jobs: [job({ state: 'failed', error: 'Error' })],
  log: ['worker | Grumble: not without please'],
});

test('why a job was left pending does not vanish', () => {
  const silent = run({ jobs: [job({ state: 'pending', error: 'the client gave no answer' })] });
  const { reason } = judgeRun(silent, expectationSchema.parse({ outcome: 'works' }), []);
  expect(reason).toContain('never completed: the client gave no answer');
});

test.each<[string, Observation, object, string]>([
  ['a run that works, as expected', worked, { outcome: 'works' }, 'yes'],
  ['a failure with its signature', grumbled, fails('grumble'), 'yes'],
  ['a failure of which no message is expected', grumbled, { outcome: 'fails' }, 'yes'],
  ['a fault that is taken away', worked, fails('grumble'), 'no'],
  ['a failure where it should work', grumbled, { outcome: 'works' }, 'no'],
  [
    'a failure with another message',
    { ...grumbled, log: ['worker | Segmentation fault'] },
    fails('grumble'),
    'unclear',
  ],
  [
    'the message in the error of the job alone',
    run({ jobs: [job({ state: 'failed', error: 'Grumble: not without tea' })] }),
    fails('grumble'),
    'yes',
  ],
  [
    'the message without what must stand near it',
    { ...grumbled, log: ['worker | Permission denied: /dev/shm'] },
    fails('cornered'),
    'unclear',
  ],
  [
    'the message with what must stand near it',
    { ...grumbled, log: ['worker | semaphore mp-1', 'worker | Permission denied: /dev/shm'] },
    fails('cornered'),
    'yes',
  ],
  ['a run without a job', run({ jobs: [] }), { outcome: 'works' }, 'unclear'],
  [
    'a run without a job, where failure is expected',
    run({ jobs: [] }),
    fails('grumble'),
    'unclear',
  ],
  [
    'a job that never completes',
    run({ jobs: [job({ state: 'pending' })] }),
    { outcome: 'fails' },
    'yes',
  ],
  [
    'a job given up before its deadline',
    run({ jobs: [job({ state: 'pending', givenUp: 'its pool was gone' })] }),
    { outcome: 'works' },
    'no',
  ],
  [
    'a wrong result',
    run({ jobs: [job({ state: 'completed', result: 5, expected: 4 })] }),
    { outcome: 'works' },
    'no',
  ],
  [
    'one job of two that fails',
    run({ jobs: [...worked.jobs, ...grumbled.jobs] }),
    { outcome: 'works' },
    'no',
  ],
  [
    'a worker that dies after its job',
    { ...worked, exits: [{ actor: 'worker', code: null, signal: 'SIGSEGV' }] },
    { outcome: 'works' },
    'no',
  ],
  [
    'an actor that ends well',
    { ...worked, exits: [{ actor: 'sender', code: 0, signal: null }] },
    { outcome: 'works' },
    'yes',
  ],
  [
    'a fact that holds',
    { ...worked, facts: { queued: 0 } },
    { outcome: 'works', facts: { queued: '= 0' } },
    'yes',
  ],
  [
    'a fact that does not hold',
    { ...worked, facts: { queued: 1 } },
    { outcome: 'works', facts: { queued: '= 0' } },
    'no',
  ],
  ['a fact nobody observed', worked, { outcome: 'works', facts: { queued: '= 0' } }, 'unclear'],
])('%s', (_name, observation, expectation, holds) => {
  const judged = judgeRun(observation, expectationSchema.parse(expectation), [grumble, cornered]);
  expect(judged.holds, judged.reason).toBe(holds);
  expect(judged.reason).not.toBe('');
});

test('a signature that the write-up does not define is a mistake of the write-up', () => {
  expect(() => judgeRun(grumbled, expectationSchema.parse(fails('growl')), [grumble])).toThrow(
    'The write-up has no signature "growl".',
  );
});

function fails(signature: string) {
  return { outcome: 'fails', signature };
}

function job(fate: Omit<Observation['jobs'][number], 'name'>): Observation['jobs'][number] {
  return { name: 'add(3, 1)', ...fate };
}

function run(seen: Partial<Observation>): Observation {
  return {
    jobs: [],
    exits: [],
    facts: {},
    log: [],
    startedAt: '2026-11-23T12:00:00.000Z',
    durationMs: 1000,
    ...seen,
  };
}
