import { expect, test } from 'vitest';
import type { Cell } from '../../catalog/evidence/schema.ts';
import { noBroker } from '../lab/brokers/none.ts';
import type { Host, StartedProgram } from '../lab/platforms/platform.ts';
import type { Exit } from '../lab/platforms/platform.ts';
import { OpenRun } from './open-run.ts';

const cell: Cell = {
  ...{ engine: 'celery', version: '5.7.0', pool: 'solo', platform: 'linux', launch: 'plain' },
};

/** Starts clients that never answer, or answer at once; notes which were killed. */
function hostOf(answer: string | undefined): Host & { readonly killed: string[] } {
  const killed: string[] = [];
  return {
    killed,
    sharesNetwork: true,
    describe: ({ name }) => name,
    lost: () => Promise.resolve(undefined),
    start({ name }, onLine): Promise<StartedProgram> {
      const { promise, resolve } = Promise.withResolvers<Exit>();
      if (answer !== undefined) {
        onLine(answer);
        resolve({ code: 0, signal: null });
      }
      return Promise.resolve({
        pid: undefined,
        ended: promise,
        terminate: () => Promise.resolve(),
        kill() {
          killed.push(name);
          resolve({ code: null, signal: 'SIGKILL' });
          return Promise.resolve();
        },
      });
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

test('a job is given up as soon as the scenario sees no sense in waiting, and its client ended', async () => {
  const host = hostOf(undefined);
  await using run = new OpenRun(cell, noBroker, host);
  let looks = 0;
  const giveUp = () => (++looks < 3 ? undefined : 'the pool was gone');
  const job = await run.submit('tasks.add', [3, 1], { expect: 4, deadlineMs: 600_000, giveUp });
  expect(job).toEqual({
    name: 'tasks.add(3, 1)',
    expected: 4,
    state: 'pending',
    givenUp: 'the pool was gone',
  });
  expect(run.jobs).toEqual([job]);
  expect(host.killed).toEqual(['client']);
});

test('an answer counts, whatever the scenario thought of the wait', async () => {
  await using run = new OpenRun(cell, noBroker, hostOf('{"state": "completed", "result": 4}'));
  const giveUp = () => 'the pool was gone';
  const job = await run.submit('tasks.add', [3, 1], { expect: 4, giveUp });
  expect(job).toMatchObject({ state: 'completed', result: 4 });
  expect(job).not.toHaveProperty('givenUp');
});
