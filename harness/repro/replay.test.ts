import { describe, expect, test } from 'vitest';
import type { Observation } from '../../catalog/evidence/schema.ts';
import type { Scenario } from '../scenario/run.ts';
import { node, python, renderSteps } from './render-script.ts';
import { stepsOf } from './replay.ts';

const cell = {
  engine: 'bullmq',
  version: '6.7.0',
  pool: 'solo',
  platform: 'linux',
  launch: 'plain',
} as const;
const broker = {
  kind: 'redis',
  version: '7.0.15',
  config: {},
  url: 'redis://127.0.0.1:16390/0',
} as const;

function replay(scenario: Scenario, seen: Partial<Observation> = {}) {
  const observation = {
    ...{ jobs: [], exits: [], facts: {}, log: [], durationMs: 1 },
    startedAt: '2026-01-01T00:00:00.000Z',
    ...seen,
  };
  return stepsOf(scenario, { cell, broker, observation });
}

const doubleTwo: Scenario = async (run) => {
  await using worker = await run.worker({ env: { URL: run.broker.url } });
  await run.submit('numbers.double', [2], { expect: 4, options: { attempts: 2 } });
  await worker.printed(/done (?<count>\d+)/i);
  run.fact('worker still runs', worker.exit === undefined);
};

describe('what a scenario does', () => {
  test('is written in Node', async () => {
    expect(renderSteps(await replay(doubleTwo), node)).toEqual([
      'const worker = start("worker", ["worker.mjs"], {"POOL":"solo","URL":"redis://127.0.0.1:16390/0"});',
      'await worker.says("ready", { within: 30 });',
      'await submit("numbers.double", [2], { expect: 4, within: 20, options: {"attempts":2} });',
      String.raw`await worker.says(/done (?<count>\d+)/i, { within: 20 });`,
    ]);
  });

  test('is written in Python', async () => {
    const [, says, submit, pattern] = renderSteps(await replay(doubleTwo), python);
    expect([says, submit, pattern]).toEqual([
      'worker.says("ready", within=30)',
      'submit("numbers.double", [2], expect=4, within=20, options={"attempts": 2})',
      String.raw`worker.says(re.compile("(?i)done (?P<count>\\d+)"), within=20)`,
    ]);
  });

  test('takes the turns of the recorded run', async () => {
    const scenario: Scenario = async (run) => {
      const worker = await run.worker();
      if (worker.exit !== undefined) await run.flag('ended');
      const { state } = await run.submit('numbers.double', [2], { expect: 4 });
      if (state === 'failed') await run.flag('failed');
      if (run.count('twice') === 2) await run.flag('twice');
    };
    const flags = async (seen?: Partial<Observation>) =>
      (await replay(scenario, seen)).filter(({ kind }) => kind === 'flag');
    expect(await flags()).toEqual([]);
    const seen = {
      jobs: [{ name: 'numbers.double(2)', state: 'failed' as const }],
      exits: [{ actor: 'worker', code: 1, signal: null }],
      log: ['worker | twice', 'other | once', 'worker | twice'],
    };
    expect(await flags(seen)).toEqual(
      ['ended', 'failed', 'twice'].map((name) => ({ kind: 'flag', name })),
    );
  });

  test('has a name for each program and job', async () => {
    const steps = await replay(async (run) => {
      await run.worker({ name: 'new' });
      await run.worker({ name: 'new' });
      const one = await run.add('numbers.double', [1]);
      await run.add('numbers.double', [2]);
      await one.settled({ expect: 2 });
    });
    const names = steps.flatMap((step) =>
      step.kind === 'start' ? step.program : step.kind === 'add' ? step.job : [],
    );
    expect(names).toEqual(['new', 'new_2', 'job', 'job_2']);
  });

  test('includes commands to the broker, and leaves out what only looks', async () => {
    const steps = await replay(async (run) => {
      await run.redis.flushall();
      await run.redis.config('SET', 'maxmemory', '0');
      await run.redis.info('stats');
      await run.counts('numbers');
      await run.submit('numbers.double', [2], { expect: 4 });
    });
    expect(steps.slice(0, -1)).toEqual([
      { kind: 'redis', words: ['FLUSHALL'] },
      { kind: 'redis', words: ['CONFIG', 'SET', 'maxmemory', '0'] },
    ]);
  });
});

describe('is refused where a script would do something else', () => {
  const submit: Scenario = (run) => run.submit('numbers.double', [2], { expect: 4 });
  const cases: [why: string, scenario: Scenario][] = [
    ['it breaks its broker', (run) => run.broken('down')],
    ['it breaks its broker', (run) => run.broker.break('oom')],
    ['it takes its broker away for a while', (run) => run.outage({ lastsMs: 1 })],
    ['it has a replica become the primary', (run) => run.failover()],
    ['it changes the clock', (run) => run.clock()],
    ['it fills a disk', (run) => run.smallDisk(1)],
    ['it takes a second Redis', (run) => run.redisServer()],
    ['it disturbs the network', (run) => run.broker.throughProxy()],
    ['it limits the memory', (run) => run.worker({ limits: { memoryMegabytes: 64 } })],
    ['it suspends a program', async (run) => (await run.worker()).freeze()],
    [
      'it concludes from the log',
      (run) => {
        run.job({ name: 'a', state: 'completed' });
        return Promise.resolve();
      },
    ],
    ['it sends no job', (run) => run.worker()],
    ['it looks at what only a run can tell', () => Promise.reject(new Error('no line'))],
    [
      'it waits for something that only the harness looks at',
      async (run) => {
        await run.until(() => false);
        await submit(run);
      },
    ],
    [
      'it does two things at once',
      async (run) => {
        const submitted = submit(run);
        await run.flag('go on');
        await submitted;
      },
    ],
    [
      'it does more to its broker than a command',
      async (run) => {
        await run.redis.multi().exec();
      },
    ],
  ];
  test.each(cases)('%s', async (why, scenario) => {
    await expect(replay(scenario)).rejects.toThrow(why);
  });
});
