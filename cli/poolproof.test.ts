import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { makeTemporaryFolder } from '../catalog/testing/temporary-folder.ts';
import { readWriteups } from '../catalog/writeup/read.ts';
import { commands } from './commands.ts';

const program = path.join(import.meta.dirname, 'poolproof.mjs');

/** Runs the program as a shell would; a failing exit code is an answer. */
function poolproof(args: string[], input: string | Readable = '', env = {}) {
  return execa(process.execPath, [program, ...args], {
    reject: false,
    input,
    env,
  });
}

describe('help', () => {
  test('names every command with an example', async () => {
    const { exitCode, stdout } = await poolproof(['--help']);
    expect(exitCode).toBe(0);
    for (const [name, { example }] of Object.entries(commands)) {
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
      expect(stdout).toContain(`$ ${example}`);
    }
  });

  test.each(Object.entries(commands))('of %s has its example', async (name, { example }) => {
    const { exitCode, stdout } = await poolproof([name, '--help']);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining(`$ ${example}`)]);
  });

  test('is the same by `help show` and `show --help`', async () => {
    const [asked, told] = await Promise.all([
      poolproof(['help', 'show']),
      poolproof(['show', '--help']),
    ]);
    expect(asked.stdout).toBe(told.stdout);
  });
});

test('--version prints the version', async () => {
  const { exitCode, stdout } = await poolproof(['--version']);
  expect([exitCode, stdout]).toEqual([0, packageJson.version]);
});

describe('bad usage ends with 2 and says what to type', () => {
  test.each([
    [['shwo', '002'], "unknown command 'shwo'\n(Did you mean show?)"],
    [['list', '--jsno'], "unknown option '--jsno'\n(Did you mean --json?)"],
    [['show'], "missing required argument 'bug'"],
    [
      ['show', 'no-such-bug'],
      'expected a bug such as 002, BUG-002 or its slug, got "no-such-bug".',
    ],
    [['diagnose', 'no-such.log'], 'expected a log that can be read, got no-such.log: ENOENT'],
    [[], 'Usage: poolproof'],
  ])('%j', async (args, message) => {
    const { exitCode, stdout, stderr } = await poolproof(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('the knowledge base', () => {
  const writeups = readWriteups();
  const [first] = writeups;

  test('list names every bug, and --json is JSON alone', async () => {
    const [shown, json] = await Promise.all([poolproof(['list']), poolproof(['list', '--json'])]);
    const ids = writeups.map(({ id }) => id);
    for (const id of ids) expect(shown.stdout).toContain(id);
    expect(JSON.parse(json.stdout)).toMatchObject(ids.map((bug) => ({ bug })));
    expect([shown.exitCode, json.exitCode, json.stderr]).toEqual([0, 0, '']);
  });

  test('show tells the fix and every claim of one bug', async () => {
    if (!first) throw new Error('There is a write-up');
    const [shown, json] = await Promise.all([
      poolproof(['show', first.id]),
      poolproof(['show', first.slug, '--json']),
    ]);
    expect(shown.stdout).toContain(first.title);
    expect(shown.stdout).toContain(first.fix.code.split(/\r?\n/)[0]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      slug: first.slug,
      claims: first.claims.map(({ id }) => ({ id })),
    });
  });
});

describe('diagnose', () => {
  const known = [
    'ERROR/MainProcess] Task handler raised error: a task failed',
    '  File "celery/app/trace.py", line 1, in fast_trace_task',
    '    tasks, accept, hostname = _loc',
    'ValueError: not enough values to unpack (expected 3, got 0)',
  ].join('\n');

  test('reads standard input and names the bug', async () => {
    const { exitCode, stdout } = await poolproof(['diagnose', '-', '--json'], known);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      matches: [{ bug: 'BUG-001', level: 'sure', line: 4, score: 0.98 }],
      linesRead: 4,
    });
  });

  test('reads a file', async () => {
    await using folder = await makeTemporaryFolder('cli');
    const file = path.join(folder.path, 'worker log.txt');
    await writeFile(file, known);
    const { exitCode, stdout } = await poolproof(['diagnose', file]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('BUG-001');
    expect(stdout).toMatch(/More: +poolproof show 001/);
  });

  test('ends with 1 where nothing is known', async () => {
    const { exitCode, stdout } = await poolproof(['diagnose'], 'celery@host ready.\n');
    expect([exitCode, stdout]).toEqual([1, 'No known bug in 1 line.']);
  });

  test('reads a log larger than its memory', async () => {
    const line = 'GET /health 200 in 3 ms, nothing to see here at all\n';
    const megabyte = line.repeat(Math.ceil(1e6 / line.length));
    function* log() {
      for (let count = 0; count < 120; count += 1) {
        yield count % 2 === 0 ? megabyte : megabyte.replaceAll('\n', ' ');
      }
      yield `\n${known}`;
    }
    const memory = { NODE_OPTIONS: '--max-old-space-size=64' };
    const { exitCode, stdout } = await poolproof(
      ['diagnose', '--json'],
      Readable.from(log()),
      memory,
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ matches: [{ bug: 'BUG-001' }] });
  }, 120_000);
});
