import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import pWaitFor from 'p-wait-for';
import { describe, expect, test } from 'vitest';
import { processTable } from '../../sweep/process-table.ts';
import { sweepWorkspace } from '../../sweep/sweep.ts';
import { usePrepared } from '../../testing/prepared.ts';
import {
  bareNode,
  barePython,
  openMachine,
  run,
  start,
  type TestMachine,
} from '../../testing/wine.ts';
import { judgeWineArtefact } from '../../../../catalog/verdict/wine-artefact.ts';
import type { WindowsEngine } from '../../engines/engine.ts';
import { prepareMachine } from './prepare-machine.ts';

const engines = usePrepared(async () => {
  const engines = { python: await barePython(), node: await bareNode() };
  await prepareMachine('windows-7', () => undefined);
  return engines;
});

const sleeping = 'import time; print("started", flush=True); time.sleep(1000)';

/** Starts another interpreter, which the operating system knows by `mark`, and one detached from everything. */
const withDescendants = `import subprocess, sys, time
for flags in (0, subprocess.DETACHED_PROCESS):
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1000)", sys.argv[1]], creationflags=flags)
print("started", flush=True)
time.sleep(1000)`;

/** How many programs have the mark on their command line. */
async function running(mark: string): Promise<number> {
  const pids = (await processTable()).map(({ pid }) => pid);
  const commands = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return commands.filter((command) => command.includes(mark) && command.includes('.exe')).length;
}

describe('the redirector of a virtual environment', () => {
  test('hands on arguments, streams, the environment and the exit code', async () => {
    await using machine = await openMachine(engines().python);
    const program = `import json, sys
print(json.dumps([sys.argv[1:], sys.prefix != sys.base_prefix, sys.executable[-24:]]))
print("on stderr", file=sys.stderr)
sys.exit(7)`;
    const args = ['plain', 'two words', 'a "quote"', 'ends in \\', '', 'ä€'];
    const { lines, code } = await run(machine.host, ['-c', program, ...args]);
    expect(lines).toContain('on stderr');
    const told = JSON.parse(lines.find((line) => line.startsWith('[')) ?? '') as unknown;
    expect(told).toEqual([args, true, String.raw`\venv\Scripts\python.exe`]);
    expect(code).toBe(7);
  });

  test('takes the interpreter along when it is killed', async () => {
    await using machine = await openMachine(engines().python);
    const mark = `mark-${randomUUID()}`;
    const { program, lines } = await start(machine.host, ['-c', sleeping, mark]);
    await pWaitFor(() => lines.includes('started'), { timeout: 20_000 });
    expect(await running(mark)).toBe(2);
    await program.terminate();
    await pWaitFor(async () => (await running(mark)) === 0, { timeout: 5_000 });
  });
});

describe('what runs on a machine', () => {
  test.each<[string, (machine: TestMachine) => Promise<unknown>]>([
    ['it is switched off', async ({ host }) => host[Symbol.asyncDispose]()],
    [
      'its run is swept, as that of a runner that was killed',
      ({ workspace }) => sweepWorkspace(workspace),
    ],
  ])('ends when %s', async (_name, end) => {
    await using machine = await openMachine(engines().python);
    const mark = `mark-${randomUUID()}`;
    const { lines } = await start(machine.host, ['-c', withDescendants, mark]);
    // The redirector and the interpreter, of the program and of both that it starts.
    await pWaitFor(async () => lines.includes('started') && (await running(mark)) === 6, {
      timeout: 20_000,
    });
    await end(machine);
    expect(await running(mark)).toBe(0);
  });

  // ./image/steady tells why.
  test('is run at addresses that are not left to chance, if that is allowed', async () => {
    const { exitCode } = await execa('setarch', ['-R', 'true'], { reject: false });
    const fixed = exitCode === 0 ? '00040000' : '00000000';
    await using machine = await openMachine(engines().python);
    const ofServer = String.raw`print(open(r"Z:\proc\self\personality").read(), flush=True)`;
    const { program, lines } = await start(machine.host, ['-c', `${ofServer}; ${sleeping}`]);
    await pWaitFor(() => lines.includes('started'), { interval: 20, timeout: 60_000 });
    expect(lines).toContain(fixed);
    if (program.pid === undefined) return;
    expect((await readFile(`/proc/${program.pid}/personality`, 'utf8')).trim()).toBe(fixed);
  });

  test('keeps the order of what it prints into a file', async () => {
    await using machine = await openMachine(engines().node);
    const program = 'for (let i = 0; i < 2000; i += 1) (i % 2 ? console.log : console.error)(i)';
    const { lines, code } = await run(machine.host, ['-e', program]);
    expect(lines).toEqual(Array.from({ length: 2000 }, (_, index) => String(index)));
    expect(code).toBe(0);
  });
});

describe('what Wine does and Windows does not is known when it is seen', () => {
  const keepAlive = 'import socket; socket.socket().setsockopt(socket.IPPROTO_TCP, 3, 5)';
  test.each<[string, () => WindowsEngine, string[], string]>([
    [
      'Python that prints into a file',
      () => ({ ...engines().python, prints: 'into a file' }),
      ['-c', 'print(1)'],
      'no pipes',
    ],
    [
      'Node that prints into a pipe',
      () => ({ ...engines().node, prints: 'into pipes' }),
      ['-e', 'console.log(1)'],
      'into a pipe',
    ],
    ['a connection kept alive', () => engines().python, ['-c', keepAlive], 'TCP_KEEPIDLE'],
  ])('%s', async (_name, engine, args, because) => {
    await using machine = await openMachine(engine());
    const { lines, code } = await run(machine.host, args);
    expect(code).not.toBe(0);
    const seen = { jobs: [], exits: [], facts: {}, startedAt: '', durationMs: 0 };
    const log = lines.map((line) => `worker | ${line}`);
    expect(judgeWineArtefact({ ...seen, log })?.reason).toContain(because);
  });
});
