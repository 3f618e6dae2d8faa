import { describe, expect, test } from 'vitest';
import { writeupText } from '../fixtures/sound-project.ts';
import { formatProblem } from '../problem/problem.ts';
import { parseWriteup } from './parse.ts';

const file = 'bugs/007-sleepy-worker.mdx';

function problemsOf(text: string, name = file): string[] {
  return parseWriteup(text, name).problems.map(formatProblem);
}

/** The problems of the sound write-up once one text in it is another. */
function problemsAfter(from: string, to: string): string[] {
  if (!writeupText.includes(from)) throw new Error(`The write-up does not contain ${from}`);
  return problemsOf(writeupText.replace(from, to));
}

test('a sound write-up has no problem, and its names follow from its file', () => {
  const { writeup, problems } = parseWriteup(writeupText, file);
  expect(problems).toEqual([]);
  expect(writeup).toMatchObject({ id: 'BUG-007', slug: '007-sleepy-worker', file });
  expect(writeup?.claims[0]?.run.launches).toEqual(['plain']);
});

test.each(['\r\n', '\n'])('line ends %j and a byte order mark make no difference', (lineEnd) => {
  expect(problemsOf(`\uFEFF${writeupText.replaceAll('\n', lineEnd)}`)).toEqual([]);
});

describe('the schema', () => {
  test.each([
    [
      'pool: prefork',
      'pool: preforc',
      `${file}:22:39: claims[0].run.pool: expected prefork or solo or threads or gevent or eventlet, got "preforc". Did you mean "prefork"? (How jobs are executed. For BullMQ: \`solo\` in process, \`prefork\` a child process, \`threads\` a worker thread.)`,
    ],
    [
      'severity: medium',
      'severty: medium',
      `${file}:7:1: unknown key "severty" in the frontmatter. Did you mean "severity"? Known keys: id, title, description, engine, topic, status, severity, reported, resolved, symptom, fix, shownBy, signatures, seen, configs, run, claims, controls, matrices, refuses, applies, sources`,
    ],
    [
      'reported: 2026-01-03',
      'reported: January',
      `${file}:8:11: reported: expected a date such as 2026-01-31, got "January". (When the failure was first written up.)`,
    ],
    [
      `['5.6.1'], pool: prefork`,
      `[5.6], pool: prefork`,
      `${file}:22:23: claims[0].run.versions[0]: expected string, got 5.6.`,
    ],
    [
      'source: https://example.org/issues/7',
      'source: here',
      `${file}:17:13: signatures[0].source: expected a URL such as https://example.org/page, or string to have >=8 characters, got "here". (Where the text was seen: an upstream issue, or "the seed".)`,
    ],
  ])('%s written as %s', (from, to, problem) => {
    expect(problemsAfter(from, to)).toContain(problem);
  });

  test('an unknown key is named with the nearest known one, where it stands', () => {
    expect(problemsAfter('    says: With prefork', '    sayz: With prefork')).toContain(
      `${file}:21:5: unknown key "sayz" in claims[0]. Did you mean "says"? Known keys: id, says, run, expect, control, usually, known, truth, alsoShows`,
    );
  });

  test('all problems are told at once, those of the text too', () => {
    const text = writeupText
      .replace('engine: celery\n', 'engine: celry\n')
      .replace('status: live', 'status: dead')
      .replace('## Why', '## Because');
    expect(problemsOf(text)).toEqual([
      `${file}:5:9: engine: expected celery or bullmq, got "celry". Did you mean "celery"? (The library the failure belongs to.)`,
      `${file}:6:9: status: expected live or fixed or no-longer-reproduces, got "dead". (\`live\` in the newest version, or \`fixed\` there by upstream.)`,
      expect.stringContaining('expected the heading "## Why"'),
    ]);
  });
});

describe('what must agree within a write-up', () => {
  test.each([
    [
      'claim: solo-stays-awake',
      'claim: solo-stays-awak',
      '13:10: fix.claim: expected the id of a claim of this write-up, got "solo-stays-awak". Did you mean "solo-stays-awake"?',
    ],
    [
      "{ fails: { signature: sleepy, facts: { naps: '= 2' } } }",
      '{ fails: sleep }',
      '23:22: claims[0].expect.fails: expected the id of a signature of this write-up, got "sleep". Did you mean "sleepy"?',
    ],
    [
      "{ fails: { signature: sleepy, facts: { naps: '= 2' } } }",
      '{ fails: { signature: sleep, facts: { yawns: 2 } } }',
      '23:35: claims[0].expect.fails.signature: expected the id of a signature of this write-up',
    ],
    [
      "{ fails: { signature: sleepy, facts: { naps: '= 2' } } }",
      '{ fails: sleepy, works: { yawns: 0 } }',
      '23:13: claims[0].expect: expected "works" or "fails", got both. Write expect: { works: { fact: value } }',
    ],
    [
      "{ fails: { signature: sleepy, facts: { naps: '= 2' } } }",
      '{ outcome: fails, signature: sleepy }',
      '23:15: unknown key "outcome" in claims[0].expect. Write expect: works, expect: { works: { fact: value } }, or expect: { fails: signature-id }.',
    ],
    [
      'control: sleeps',
      'control: solo-stays-awake',
      '29:14: claims[1].control: expected another claim as the control, got "solo-stays-awake" itself. Write control: sleeps.',
    ],
    [
      'control: sleeps',
      'control: slumbers',
      'claims[1].control: expected the id of a claim of this write-up, got "slumbers"',
    ],
    [
      'platforms: [linux] }',
      'platforms: [linux, win32] }',
      'claims[0].control: expected a control with a cell on every platform of "sleeps", got none on win32 from "solo-stays-awake"',
    ],
    [
      '- id: solo-stays-awake',
      '- id: sleeps',
      'claims[1].id: expected ids that are unique within claims, got "sleeps" again (first in claims[0])',
    ],
    [
      'control: sleeps',
      'control: sleeps\n    known: refuted',
      'expected "truth" beside "known: refuted", got none',
    ],
    [
      'control: sleeps',
      'control: sleeps\n    truth: It naps now and then.',
      'expected "known: refuted" beside "truth", got none',
    ],
    [
      'control: sleeps',
      "control: sleeps\n    usually: { versions: ['9.9.9'] }",
      'claims[1].usually.versions: expected some of run (',
    ],
    [
      'platforms: [linux] }',
      "platforms: [linux], except: [{ version: '9.9.9', python: '3.9', because: it is too old }] }",
      'claims[0].run.except[0].python: expected some of run (none are named there), got 3.9',
    ],
    [
      'claims:\n',
      'matrices: [{ title: All that sleep, rows: [{ claims: [slumbers] }], across: [version] }]\nclaims:\n',
      'matrices[0].rows[0].claims[0]: expected the id of a claim of this write-up, got "slumbers"',
    ],
    [
      'claims:\n',
      'matrices: [{ title: All that sleep, rows: [{ claims: [sleeps] }], across: [version] }]\nclaims:\n',
      'matrices[0]: expected "down" where a row has no label, got none',
    ],
    [
      "template: 'SleepyError: {worker} is sleepy'",
      "template: '{error}: {it}'",
      'signatures[0].template: expected at least 8 characters outside of {…}, got 2',
    ],
    [
      "near: ['Worker {n} yawned']",
      "near: ['{it} {n}']",
      'signatures[0].near[0]: expected at least 3 characters outside of {…}, got 1',
    ],
    [
      "near: ['Worker {n} yawned']",
      "unless: ['{it} {n}']",
      'signatures[0].unless[0]: expected at least 3 characters outside of {…}, got 1',
    ],
    [
      "near: ['Worker {n} yawned']",
      'where: { wroker: [tired, bored] }',
      'signatures[0].where.wroker: expected the name of a hole of the template (worker), got "wroker". Did you mean "worker"?',
    ],
    [
      "near: ['Worker {n} yawned']",
      'perhaps: true',
      'signatures[0].perhaps: expected "check" beside "perhaps", got none.',
    ],
    [
      'platforms: [linux] }',
      "platforms: [linux, darwin], shm: '0755' }",
      'claims[0].run.shm: expected "platforms: linux" beside "shm", got darwin too',
    ],
    [
      'platforms: [linux] }',
      'platforms: [linux], shm: missing }',
      'claims[0].run.shm: expected "launch: container" beside "shm: missing", got plain',
    ],
    [
      'platforms: [linux] }',
      'platforms: [linux], install: [kombu, redis] }',
      'claims[0].run.install: expected "celery" in "install", got kombu, redis',
    ],
    [
      "run: { versions: ['5.6.1'], pool: solo, platforms: [linux] }",
      "run: { engine: bullmq, versions: ['6.7.0'], pool: solo, platforms: [linux], install: [redis] }",
      'claims[1].run.install: expected "bullmq" in "install", got redis',
    ],
    [
      'platforms: [linux] }',
      "platforms: [linux], install: ['--pre', celery] }",
      'claims[0].run.install[0]: expected a package in lower case such as celery',
    ],
  ])('%s written as %s', (from, to, problem) => {
    expect(problemsAfter(from, to).join('\n')).toContain(problem);
  });
});

describe('names', () => {
  test('the id and the file name agree', () => {
    expect(problemsOf(writeupText, 'bugs/008-sleepy-worker.mdx')).toEqual([
      'bugs/008-sleepy-worker.mdx:2:5: id: expected "BUG-008" as the file name says, got "BUG-007". Change one of them.',
    ]);
  });

  test('the file is named like a bug', () => {
    expect(problemsOf(writeupText, 'bugs/Sleepy.mdx')).toEqual([
      'bugs/Sleepy.mdx: expected a file name such as 007-celery-prefork-windows.mdx, got Sleepy.mdx. Rename it.',
    ]);
  });
});

describe('what is no write-up at all', () => {
  test('YAML that does not parse', () => {
    expect(problemsAfter('engine: celery', 'engine: [celery')).toEqual([
      expect.stringMatching(/^bugs\/007-sleepy-worker\.mdx:\d+:\d+: /),
    ]);
  });

  test('no frontmatter', () => {
    expect(problemsOf('# Sleepy')).toEqual([
      `${file}:1:1: expected frontmatter between two lines of ---, got none. Start from bugs/TEMPLATE.mdx.`,
    ]);
  });

  test('text that is no MDX', () => {
    expect(problemsAfter('It was late.', 'It was <b>late.')).toEqual([
      expect.stringMatching(
        /mdx:42:8: the text is not valid MDX: Expected a closing tag for `<b>`/,
      ),
    ]);
  });

  test('headings in another order', () => {
    const swapped = writeupText
      .replace('## Why', '## Reproduce')
      .replace('## Reproduce\n\nWait', '## Why\n\nWait');
    expect(problemsOf(swapped)).toEqual([
      expect.stringContaining(
        'got Symptom, Fix, Reproduce, Why, Prevention. Move or join the sections.',
      ),
    ]);
  });
});
