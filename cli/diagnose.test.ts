import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { execa } from 'execa';
import pWaitFor from 'p-wait-for';
import { describe, expect, test } from 'vitest';
import { makeTemporaryFolder } from '../catalog/testing/temporary-folder.ts';

const program = path.join(import.meta.dirname, 'poolproof.mjs');
const known = [
  '  File "/srv/celery/app/trace.py", line 1, in fast_trace_task',
  '    tasks, accept, hostname = _loc',
  'ValueError: not enough values to unpack (expected 3, got 0)',
].join('\n');
const perhaps = 'PermissionError: [WinError 5] Access is denied';
const well = '[2025-11-02 08:15:30,470: INFO/MainProcess] celery@box ready.\n';

/** Runs `poolproof diagnose`; a failing exit code is an answer. */
function diagnose(args: readonly string[], input = '', env = {}) {
  return execa(process.execPath, [program, 'diagnose', ...args], { reject: false, input, env });
}

/** A folder with these files. */
async function folderWith(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = await makeTemporaryFolder('diagnose');
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder.path, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return { ...folder, file: (name: string) => path.join(folder.path, name) };
}

function json(text: string): unknown {
  return JSON.parse(text);
}

describe('several logs', () => {
  test('of a folder are told together, with the file of each finding', async () => {
    await using folder = await folderWith({
      'a/worker.log': `${well}${known}`,
      'b/other.log.1.gz': gzipSync(`${well.repeat(3)}Error: the roof leaks`),
      'picture.png': Uint8Array.of(0x89, 0x50, 0, 0, 0, 1, 0, 2),
      '.hidden': 'Error: hidden',
    });
    const { exitCode, stdout, stderr } = await diagnose(['--json', folder.path]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(json(stdout)).toMatchObject({
      matches: [{ bug: 'BUG-001', file: folder.file(path.join('a', 'worker.log')), line: 4 }],
      unmatchedErrors: [{ file: folder.file(path.join('b', 'other.log.1.gz')), line: 4 }],
      linesRead: 8,
    });
  });

  test('one that cannot be read is told, and the others are read: exit code 2', async () => {
    await using folder = await folderWith({ 'worker.log': known });
    const missing = folder.file('missing.log');
    const { exitCode, stdout, stderr } = await diagnose([
      '--json',
      missing,
      folder.file('worker.log'),
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`expected a log that can be read, got ${missing}: ENOENT`);
    expect(json(stdout)).toMatchObject({ matches: [{ bug: 'BUG-001' }] });
  });

  test.each([
    [
      'a file that is no text',
      { 'x.bin': Uint8Array.of(1, 0, 0, 2, 0, 0) },
      'x.bin',
      'it is no text',
    ],
    [
      'a folder without a text',
      { 'sub/x.bin': Uint8Array.of(1, 0, 0, 2) },
      'sub',
      'got no file that holds text',
    ],
  ])('%s is refused', async (_what, files, name, message) => {
    await using folder = await folderWith(files);
    const { exitCode, stdout, stderr } = await diagnose([folder.file(name)]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('a compressed log that is cut is refused', async () => {
    await using folder = await folderWith({
      'x.log.gz': gzipSync(well.repeat(1000)).subarray(0, 40),
    });
    const { exitCode, stderr } = await diagnose([folder.file('x.log.gz')]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('x.log.gz');
  });
});

describe('what is only perhaps', () => {
  test('comes with a check, and the exit code of a finding', async () => {
    const { exitCode, stdout } = await diagnose(['--json'], perhaps);
    expect(exitCode).toBe(0);
    expect(json(stdout)).toMatchObject({
      matches: [
        {
          level: 'perhaps',
          candidates: [{ bug: 'BUG-002' }],
          check: expect.stringContaining('billiard') as unknown,
        },
      ],
    });
  });

  test('is told as a question, with the fix', async () => {
    const { stdout } = await diagnose([], perhaps);
    expect(stdout).toMatch(/^Perhaps: .+\n {2}line 1: {2}PermissionError/);
    expect(stdout).toMatch(/\n {2}If: .+(\n.+)*\n {2}Fix: /);
  });
});

test('the fix comes first, and no line is wider than a terminal', async () => {
  const { stdout } = await diagnose([], known);
  const lines = stdout.split(/\r?\n/);
  expect(lines[0]).toMatch(/^BUG-001 {2}/);
  expect(lines[1]).toMatch(/^ {2}Fix: /);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
});

describe('--follow', () => {
  test('tells of a bug while the log goes on, once, and ends with the log', async () => {
    const running = execa(process.execPath, [program, 'diagnose', '--follow', '--json'], {
      reject: false,
    });
    let text = '';
    running.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    running.stdin.write(`${well}${known}\n${well}`);
    await pWaitFor(() => text.includes('BUG-001'), {
      timeout: { milliseconds: 60_000 },
    });
    running.stdin.end(`${known}\n`);
    const { exitCode } = await running;
    const told = text
      .split(/\r?\n/)
      .filter((line) => line !== '')
      .map(json);
    expect(exitCode).toBe(0);
    expect(told).toHaveLength(2);
    expect(told[0]).toMatchObject({ bug: 'BUG-001', level: 'sure' });
    expect(told[1]).toMatchObject({ matches: [{ bug: 'BUG-001' }], linesRead: 8 });
  }, 90_000);

  test('is for standard input', async () => {
    const { exitCode, stderr } = await diagnose(['--follow', 'worker.log']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('tail -F FILE | poolproof diagnose --follow');
  });
});

describe('--packages', () => {
  test('names the bugs of the versions, silent ones first', async () => {
    await using folder = await folderWith({
      'package-lock.json': JSON.stringify({
        lockfileVersion: 3,
        packages: { '': {}, 'node_modules/bullmq': { version: '6.7.0' } },
      }),
    });
    const lockfile = folder.file('package-lock.json');
    const [shown, machine] = await Promise.all([
      diagnose(['--packages', lockfile]),
      diagnose(['--packages', lockfile, '--json']),
    ]);
    expect([shown.exitCode, machine.exitCode]).toEqual([0, 0]);
    expect(shown.stdout).toContain('bullmq 6.7.0 is known to fail');
    const { applies } = json(machine.stdout) as { applies: { silent: boolean; bug: string }[] };
    expect(applies.map(({ silent }) => silent)).toEqual(
      [...applies.map(({ silent }) => silent)].sort((a, b) => Number(b) - Number(a)),
    );
    expect(applies.map(({ bug }) => bug)).toContain('BUG-009');
  });

  test('beside a log, decides with its versions', async () => {
    await using folder = await folderWith({ 'requirements.txt': 'celery==5.7.0\n' });
    const message = '    tasks, accept, hostname = _loc';
    const { stdout } = await diagnose(
      ['--json', '--packages', folder.file('requirements.txt'), '-'],
      message,
    );
    expect(json(stdout)).toMatchObject({
      matches: [{ bug: 'BUG-001', level: 'perhaps' }],
      applies: expect.any(Array) as unknown[],
    });
  });

  test('ends with 1 where none is known', async () => {
    await using folder = await folderWith({ 'requirements.txt': 'flask==3.0.0\n' });
    const { exitCode, stdout } = await diagnose(['--packages', folder.file('requirements.txt')]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('No known bug of the versions in');
  });

  test.each([
    ['no such file', 'nowhere.lock', 'ENOENT'],
    ['another file', program, 'expected package-lock.json, pnpm-lock.yaml'],
  ])('%s is refused', async (_what, file, message) => {
    const { exitCode, stderr } = await diagnose(['--packages', file]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

test('within GitHub Actions findings are annotations and a summary', async () => {
  await using folder = await folderWith({ 'summary.md': '' });
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: folder.file('summary.md') };
  const { stderr } = await diagnose([], `${known}\n${well.repeat(9)}${perhaps}`, env);
  expect(stderr).toMatch(/^::error title=BUG-001 \(sure\)::.+%0AFix: /m);
  expect(stderr).toMatch(/^::notice title=BUG-002 \(perhaps\)::BUG-002 if: /m);
});
