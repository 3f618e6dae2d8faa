import { expect, test } from 'vitest';
import type { Cell } from '../../catalog/evidence/schema.ts';
import { noBroker } from '../lab/brokers/none.ts';
import type { Exit, Host, Program, StartedProgram } from '../lab/platforms/platform.ts';
import { OpenRun } from './open-run.ts';

const cell: Cell = {
  ...{ engine: 'celery', version: '5.7.0', pool: 'solo', platform: 'linux', launch: 'plain' },
};

/** A host whose programs print what it is told, and end at once or never; it notes what was done to them. */
function hostOf(lines: readonly string[], ends: Exit | 'never' = { code: 0, signal: null }) {
  const done: string[] = [];
  const started: Program[] = [];
  const printers: ((line: string) => void)[] = [];
  const host: Host = {
    sharesNetwork: true,
    describe: ({ name }) => name,
    lost: () => Promise.resolve(undefined),
    flag(name) {
      done.push(`flag ${name}`);
      return Promise.resolve();
    },
    start(program, onLine): Promise<StartedProgram> {
      const { promise, resolve } = Promise.withResolvers<Exit>();
      const note = (what: string) => {
        done.push(`${what} ${program.name}`);
        return Promise.resolve();
      };
      started.push(program);
      printers.push(onLine);
      for (const line of lines) onLine(line);
      if (ends !== 'never') resolve(ends);
      return Promise.resolve({
        pid: undefined,
        ended: promise,
        terminate: () => note('terminate'),
        kill() {
          resolve({ code: null, signal: 'SIGKILL' });
          return note('kill');
        },
        tell: (line) => note(`tell ${line}`),
        signal: (name) => note(name),
        freeze: (frozen) => note(frozen ? 'freeze' : 'resume'),
      });
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return { host, done, started, print: (line: string) => printers.at(-1)?.(line) };
}

test('a job is given up as soon as the scenario sees no sense in waiting, and its client ended', async () => {
  const { host, done } = hostOf([], 'never');
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
  expect(done).toEqual(['kill client']);
});

test('an answer counts, whatever the scenario thought of the wait', async () => {
  await using run = new OpenRun(
    cell,
    noBroker,
    hostOf(['{"state": "completed", "result": 4}']).host,
  );
  const giveUp = () => 'the pool was gone';
  const job = await run.submit('tasks.add', [3, 1], { expect: 4, giveUp });
  expect(job).toMatchObject({ state: 'completed', result: 4 });
  expect(job).not.toHaveProperty('givenUp');
});

test('a client that ends without an answer is said to have given none', async () => {
  const { host } = hostOf(['Traceback …'], { code: 1, signal: null });
  await using run = new OpenRun(cell, noBroker, host);
  const job = await run.submit('tasks.add', [3, 1], { expect: 4 });
  expect(job).toMatchObject({ state: 'pending', error: 'the client gave no answer' });
  expect(run.log.lines).toEqual(['client | Traceback …']);
});

test('options of a job and of its client reach the client program', async () => {
  const { host, started } = hostOf(['{"ids": ["7"]}']);
  await using run = new OpenRun(cell, noBroker, host);
  const options = { options: { countdown: 10 }, client: { task_serializer: 'pickle' } };
  expect((await run.add('tasks.add', { a: 3 }, options)).id).toBe('7');
  expect(started[0]?.arguments).toEqual([
    ...['client.py', 'tasks.add', '{"a":3}', '20'],
    '{"ask":"add","options":{"countdown":10},"client":{"task_serializer":"pickle"}}',
  ]);
  expect(run.jobs).toEqual([]);
});

test('a job that could not be sent is noted, though nobody waits for it', async () => {
  const { host } = hostOf(['{"state": "failed", "error": "not sent: OOM"}']);
  await using run = new OpenRun(cell, noBroker, host);
  const sent = await run.add('tasks.add', [3, 1]);
  expect(sent.id).toBe('');
  const failed = { name: 'tasks.add(3, 1)', state: 'failed', error: 'not sent: OOM' };
  expect(run.jobs).toEqual([failed]);
  expect(await sent.settled({ expect: 4 })).toEqual(failed);
  expect(run.jobs).toHaveLength(1);
});

test('an actor sends a job in its own way and tells its fate as a line of JSON', async () => {
  const { host } = hostOf(['retrying …', '{"state": "failed", "error": "boom", "attempts": 3}']);
  await using run = new OpenRun(cell, noBroker, host);
  const job = await run.submitBy('retry.py', { job: 'a job that is tried again', expect: 4 });
  expect(job).toEqual({
    ...{ name: 'a job that is tried again', expected: 4 },
    ...{ state: 'failed', error: 'boom' },
  });
  expect(run.factsSeen).toEqual({ attempts: 3 });
});

test('lines are counted over all actors or over some, and waited for by number', async () => {
  const { host, print } = hostOf(['begun'], 'never');
  await using run = new OpenRun(cell, noBroker, host);
  const first = await run.actor('first.py');
  const second = await run.actor('second.py');
  expect(run.count(/^begun$/)).toBe(2);
  expect(run.count('begun', [first])).toBe(1);
  expect(await run.printed('begun', { times: 3, deadlineMs: 50 })).toBe(false);
  const third = run.printed('begun', { times: 3 });
  print('begun');
  expect(await third).toBe(true);
  expect(await second.printed('begun', { times: 2 })).toBe(true);
});

test('what an actor prints as JSON becomes facts', async () => {
  const { host } = hostOf(['{not json', '{"fates": {"works": 3}, "seconds": 1.5}']);
  await using run = new OpenRun(cell, noBroker, host);
  const actor = await run.actor('tell.py');
  expect(await actor.json('seconds')).toBe(1.5);
  expect(await actor.json('missing')).toBeUndefined();
  run.facts({ seconds: await actor.json('seconds'), missing: await actor.json('missing') });
  expect(run.factsSeen).toEqual({ seconds: 1.5 });
});

test('a wait for what must not happen is counted as one in vain', async () => {
  await using run = new OpenRun(cell, noBroker, hostOf([]).host);
  expect(await run.until(() => false, { deadlineMs: 30 })).toBe(false);
  expect(run.waitedInVainMs).toBe(0);
  expect(await run.never(() => false, 40)).toBe(true);
  expect(run.waitedInVainMs).toBeGreaterThanOrEqual(40);
  expect(await run.never(() => Promise.resolve(true), 60_000)).toBe(false);
});

test('an actor that is suspended is not asked to end', async () => {
  const { host, done } = hostOf([], 'never');
  await using run = new OpenRun(cell, noBroker, host);
  const actor = await run.actor('sleep.py');
  await actor.tell('go on');
  await actor.freeze();
  await actor.stop();
  expect(done).toEqual(['tell go on sleep', 'freeze sleep', 'kill sleep']);
});

test('an actor that ends of a signal sent to it has not ended by itself', async () => {
  const { host } = hostOf([], 'never');
  await using run = new OpenRun(cell, noBroker, host);
  const actor = await run.actor('sleep.py');
  await actor.signal('SIGTERM');
  await actor.kill();
  expect(run.exits).toEqual([]);
});

test('several workers are started at once, each under a name of its own', async () => {
  const { host, started } = hostOf(['celery@here ready.'], 'never');
  await using run = new OpenRun(cell, noBroker, host);
  const workers = await run.workers(2, { flags: ['-X', 'dev'] });
  expect(workers.map(({ name }) => name)).toEqual(['worker-1', 'worker-2']);
  expect(started[1]?.arguments.join(' ')).toContain('-X dev -m celery -A tasks worker');
  expect(started[1]?.arguments.join(' ')).toContain('-n worker-2@%h');
});
