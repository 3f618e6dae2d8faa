import { describe, expect, test } from 'vitest';
import { writeupFile, writeupText } from '../fixtures/sound-project.ts';
import { parseWriteup } from '../writeup/parse.ts';
import type { Signature, Writeup } from '../writeup/schema.ts';
import { diagnose } from './diagnose.ts';

/** The sound write-up with other signatures. */
function bug(id: string, ...signatures: (Pick<Signature, 'template'> & Partial<Signature>)[]) {
  const { writeup } = parseWriteup(writeupText, writeupFile);
  if (!writeup) throw new Error('The fixture is a valid write-up');
  return {
    ...writeup,
    id,
    signatures: signatures.map((signature, index) => ({
      id: `s${index}`,
      source: 'this test',
      near: [],
      ...signature,
    })),
  } satisfies Writeup;
}

/** `BUG-001 sure`, `BUG-001|BUG-002 perhaps`. */
async function levelsOf(log: string, ...writeups: Writeup[]): Promise<string[]> {
  const { matches } = await diagnose(log, writeups);
  return matches.map(
    ({ bug: id, level, candidates }) =>
      `${(candidates?.map((one) => one.bug) ?? [id]).join('|')} ${level}`,
  );
}

describe('the level says what was seen', () => {
  const plain = bug('BUG-001', { template: 'the job is gone' }, { template: 'the lock is gone' });
  const close = bug('BUG-001', { template: 'it is gone', near: ['in the cellar'] });

  test.each([
    ['one message alone', 'the job is gone', plain, ['BUG-001 likely']],
    ['the same twice', 'the job is gone\nthe job is gone', plain, ['BUG-001 likely']],
    ['two messages', 'the job is gone\nthe lock is gone', plain, ['BUG-001 sure']],
    ['a message in its context', 'in the cellar\nit is gone', close, ['BUG-001 sure']],
    ['a message without its context', 'it is gone', close, []],
  ])('%s', async (_what, log, writeup, expected) => {
    expect(await levelsOf(log, writeup)).toEqual(expected);
  });
});

describe('a message with a check', () => {
  const checked = bug('BUG-001', {
    template: 'it is gone',
    near: ['node_modules/engine/'],
    check: 'Look into the cellar.',
  });

  test.each([
    ['alone makes its bug a candidate', 'it is gone', ['BUG-001 perhaps']],
    [
      'in its context names it',
      'it is gone\n  at a (/x/node_modules/engine/a.js:1:1)',
      ['BUG-001 sure'],
    ],
    [
      'among the frames of another library says nothing',
      'it is gone\n  at a (/x/node_modules/other/a.js:1:1)',
      [],
    ],
    [
      'in a traceback of other code says nothing',
      '  File "a.py", line 3, in b\n    c()\nit is gone',
      [],
    ],
    [
      'among frames of Node itself says as much as alone',
      'it is gone\n  at a (node:internal/x:1:1)',
      ['BUG-001 perhaps'],
    ],
    [
      'among frames of a bundle says as much as alone',
      'it is gone\n  at a (/x/dist/chunk-A1B2.js:1:1)',
      ['BUG-001 perhaps'],
    ],
    [
      'far from other frames says as much as alone',
      `it is gone${'\n'.repeat(9)}  at a (/x/y.js:1:1)`,
      ['BUG-001 perhaps'],
    ],
  ])('%s', async (_what, log, expected) => {
    expect(await levelsOf(log, checked)).toEqual(expected);
  });

  test('tells what to look at', async () => {
    const { matches } = await diagnose('it is gone', [checked]);
    expect(matches).toMatchObject([
      {
        check: 'Look into the cellar.',
        candidates: [{ bug: 'BUG-001', check: 'Look into the cellar.' }],
      },
    ]);
  });

  test('and with `perhaps` never names it, and needs its context', async () => {
    const weak = bug('BUG-001', {
      template: 'it is gone',
      near: ['engine'],
      check: 'Look into the cellar.',
      perhaps: true,
    });
    expect(await levelsOf('engine\nit is gone', weak)).toEqual(['BUG-001 perhaps']);
    expect(await levelsOf('it is gone', weak)).toEqual([]);
  });
});

describe('one message of several bugs', () => {
  const template = 'Missing key of box {id}';
  const timer = bug('BUG-001', { template, near: ['at Timer.renew'], check: 'Was it the timer?' });
  const hand = bug('BUG-002', { template, near: ['at Hand.close'], check: 'Was it a hand?' });
  const flood = bug(
    'BUG-003',
    { template, check: 'Was there a flood?' },
    { template: 'water in the cellar' },
  );
  const all = [timer, hand, flood];

  test.each([
    ['alone lists them', 'Missing key of box 7', ['BUG-001|BUG-002|BUG-003 perhaps']],
    ['with a frame names one', 'Missing key of box 7\n    at Hand.close', ['BUG-002 sure']],
    [
      'with frames of two lists those',
      'Missing key of box 7\n    at Hand.close\n    at Timer.renew',
      ['BUG-001|BUG-002 perhaps'],
    ],
    [
      'is explained by a bug that is known otherwise',
      'water in the cellar\nMissing key of box 7',
      ['BUG-003 likely'],
    ],
  ])('%s', async (_what, log, expected) => {
    expect(await levelsOf(log, ...all)).toEqual(expected);
  });

  test('two bugs that both print it alone are candidates, too', async () => {
    const one = bug('BUG-001', { template });
    const other = bug('BUG-002', { template });
    expect(await levelsOf('Missing key of box 7', one, other)).toEqual(['BUG-001|BUG-002 perhaps']);
  });

  test('two messages of two bugs in one line are two bugs', async () => {
    const one = bug('BUG-001', { template: 'the job is gone' });
    const other = bug('BUG-002', { template: 'the lock is lost' });
    const log = 'the job is gone, the lock is lost';
    expect(await levelsOf(log, one, other)).toEqual(['BUG-001 likely', 'BUG-002 likely']);
  });

  test('a message that fewer print narrows down what more print', async () => {
    const narrow = 'Box {id} is wet';
    const a = bug(
      'BUG-001',
      { template, check: 'Is it A?' },
      { template: narrow, check: 'Is it A?' },
    );
    const b = bug(
      'BUG-002',
      { template, check: 'Is it B?' },
      { template: narrow, check: 'Is it B?' },
    );
    const log = 'Missing key of box 7\nBox 7 is wet';
    expect(await levelsOf(log, a, b, flood)).toEqual(['BUG-001|BUG-002 perhaps']);
  });
});

describe('what rules a bug out', () => {
  test.each([
    ['cannot reach 127.0.0.1:6379', ['BUG-001 likely']],
    ['cannot reach 10.0.0.7:6379', ['BUG-002 likely']],
    ['cannot reach 127.0.0.10:6379', ['BUG-002 likely']],
  ])('the value of a hole: %s', async (log, expected) => {
    const here = bug('BUG-001', {
      template: 'cannot reach {host}:{port}',
      where: { host: ['127.0.0.1', '::1'] },
    });
    const there = bug('BUG-002', {
      template: 'cannot reach {host}:{port}',
      not: ['reach 127.0.0.1:', 'reach ::1:'],
    });
    expect(await levelsOf(log, here, there)).toEqual(expected);
  });

  test.each([
    ['before', 'time limit exceeded\nkilled by 9'],
    ['after', 'killed by 9\ntime limit exceeded'],
  ])('a line that tells another cause, %s it', async (_where, log) => {
    const killed = bug('BUG-001', { template: 'killed by 9', unless: ['time limit exceeded'] });
    expect(await levelsOf(log, killed)).toEqual([]);
    expect(await levelsOf('killed by 9', killed)).toEqual(['BUG-001 likely']);
  });
});

describe('versions that the log names', () => {
  const gone = bug('BUG-001', { template: 'the job is gone' });
  const history = { package: 'celery', fails: ['5.3.6', '5.6.1'], works: ['5.7.0'], shownWith: [] };

  test.each([
    ['that fails makes it sure', '5.6.1', 'sure', 'celery 5.6.1 is known to fail'],
    ['that works leaves it perhaps', '5.7.0', 'perhaps', 'celery 5.7.0 is known to work'],
    [
      'that did not run changes nothing',
      '5.4.0',
      'likely',
      'celery 5.4.0 was not run; 5.3.6 fails; 5.6.1 fails',
    ],
    ['newer than all changes nothing', '6.0.0', 'likely', 'celery 6.0.0 was not run; 5.7.0 works'],
  ])('one %s', async (_what, version, level, says) => {
    const log = ` ----- celery@box v${version} (name)\nthe job is gone`;
    const { matches, versions } = await diagnose(log, [gone], () => history);
    expect(versions).toEqual([{ package: 'celery', version, line: 1 }]);
    expect(matches).toMatchObject([{ level, versions: [{ says }] }]);
  });

  test('one that fails beside one that works: the log may be of an update', async () => {
    const log = 'celery==5.6.1\nthe job is gone\ncelery==5.7.0';
    expect((await diagnose(log, [gone], () => history)).matches).toMatchObject([{ level: 'sure' }]);
  });

  test('of another library say nothing', async () => {
    const { matches } = await diagnose('bullmq@5.6.1\nthe job is gone', [gone], () => history);
    expect(matches).toMatchObject([{ level: 'likely', versions: [] }]);
  });
});
