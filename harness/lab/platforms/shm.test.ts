import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import pWaitFor from 'p-wait-for';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { family } from '../sweep/kill-tree.ts';
import { processTable } from '../sweep/process-table.ts';
import { Workspace } from '../sweep/workspace.ts';
import { sweepWorkspace } from '../sweep/sweep.ts';
import { startNative } from './native-process.ts';
import { requireOwnShm, type Shm } from './shm.ts';

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(path.join(os.tmpdir(), 'poolproof-test-'));
  vi.stubEnv('POOLPROOF_CACHE', cache);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(cache, { recursive: true, force: true, maxRetries: 5 });
});

/** Runs a shell script in a /dev/shm of its own, as a run that a sweep knows. */
async function start(shm: Shm, script: string) {
  const workspace = await Workspace.create();
  const lines: string[] = [];
  const [file, ...args] = [...(await requireOwnShm(shm)), 'sh', '-c', script];
  const command = { file, arguments: args, env: {}, folder: workspace.folder };
  const program = await startNative(command, workspace, (line) => lines.push(line));
  return {
    workspace,
    program,
    lines,
    async [Symbol.asyncDispose]() {
      if (existsSync(workspace.folder)) await sweepWorkspace(workspace);
    },
  };
}

test('a run that takes the /dev/shm there is needs nothing', async () => {
  expect(await requireOwnShm(undefined)).toEqual([]);
});

test('a machine that cannot mount one says what to type', async () => {
  vi.stubEnv('PATH', '');
  await expect(requireOwnShm('0755')).rejects.toThrow(
    /takes root, unshare and setpriv \(spawn unshare ENOENT\); (?:let it mount|type: sudo npm run harness)/,
  );
});

/** Root in a container need not be allowed to. Asked without the code under test. */
async function mayMount(): Promise<boolean> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const mount = ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', os.tmpdir()];
  const { failed } = await execa('unshare', mount, { reject: false });
  // The programs of these tests make their semaphores in Python.
  const { failed: noPython } = await execa('python3', ['--version'], { reject: false });
  return !failed && !noPython;
}

describe.skipIf(!(await mayMount()))('as root that may mount, with Python', () => {
  test.each<[Shm, string[]]>([
    ['0755', ['755 65534', 'touched 1', 'semaphore 13']],
    ['1777', ['1777 65534', 'touched 0', 'semaphore 0']],
    ['full', ['1777 65534', 'touched 0', 'semaphore 28']],
  ])('%s is what a program finds, and the machine keeps its own', async (shm, found) => {
    const { mode } = await stat('/dev/shm');
    const twoSemaphores = `import errno, _multiprocessing
try:
    for name in ("/poolproof-1", "/poolproof-2"): _multiprocessing.SemLock(1, 1, 1, name, False)
    print("semaphore 0")
except OSError as error: print("semaphore", error.errno)`;
    await using started = await start(
      shm,
      `stat -c '%a %u' /dev/shm; touch /dev/shm/x 2>&-; echo touched $?; rm -f /dev/shm/x; python3 -c '${twoSemaphores}'`,
    );
    await started.program.ended;
    expect(started.lines).toEqual(found);
    expect((await stat('/dev/shm')).mode).toBe(mode);
    // The semaphores stay where they were made; other programs of this machine come and go.
    const names = await readdir('/dev/shm');
    expect(names.filter((name) => name.includes('poolproof-'))).toEqual([]);
  });

  test.each<[string, (started: Awaited<ReturnType<typeof start>>) => Promise<unknown>]>([
    ['it is killed', ({ program }) => program.kill()],
    [
      'its run is swept, as that of a runner that was killed',
      ({ workspace }) => sweepWorkspace(workspace),
    ],
  ])('a program ends with what it has started when %s', async (_name, end) => {
    await using started = await start('0755', 'sleep 1000 & echo started; sleep 1000');
    const roots = started.workspace.processes();
    const running = async () => family(await processTable(), roots).length;
    await pWaitFor(async () => started.lines.includes('started') && (await running()) === 3, {
      timeout: 10_000,
    });
    await end(started);
    expect(await running()).toBe(0);
  });
});
