import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pWaitFor from 'p-wait-for';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { installWindowsNode } from '../../engines/windows/node.ts';
import { installWindowsPython } from '../../engines/windows/python.ts';
import { NotRun } from '../../scenario/not-run.ts';
import type { Exit } from '../../scenario/run.ts';
import { processTable } from '../../sweep/process-table.ts';
import { RunFolder } from '../../sweep/run-folder.ts';
import { sweepRun } from '../../sweep/sweep.ts';
import { judgeWineArtefact } from '../../verdict/wine-artefact.ts';
import type { Host, StartedProgram } from '../platform.ts';
import type { WindowsEngine } from './engine.ts';
import { openWineHost } from './host.ts';
import { prepareMachine } from './prepare-machine.ts';
import type { PreparedWine } from './wine.ts';

const quiet = () => undefined;

/** Windows Python and Node without any engine, or why they cannot be had. */
let ready: { readonly python: WindowsEngine; readonly node: WindowsEngine } | NotRun;

beforeAll(async () => {
  try {
    await prepareMachine('windows-7', quiet);
    const python = await installWindowsPython('3.11', quiet);
    const node = await installWindowsNode(quiet);
    ready = {
      python: {
        ...{ windows: 'windows-7', prints: 'into pipes', env: {} },
        interpreter: path.join(python.folder, 'python.exe'),
        venv: { python: python.folder, sitePackages: path.join(python.folder, 'Lib') },
        versions: {},
      },
      node: { windows: 'windows-10', prints: 'into a file', env: {}, ...node },
    };
  } catch (error) {
    if (!(error instanceof NotRun)) throw error;
    ready = error;
  }
}, 600_000);

beforeEach(({ skip }) => {
  if (ready instanceof NotRun) skip(ready.message);
});

function engines() {
  if (ready instanceof NotRun) throw ready;
  return ready;
}

/** A machine switched on for one test, with a run of its own. */
async function open(engine: WindowsEngine) {
  const run = await RunFolder.create();
  const machine = await prepareMachine(engine.windows, quiet);
  const prepared: PreparedWine = { kind: 'wine', machine, engine, versions: {} };
  const host = await openWineHost(prepared, run, path.join(run.folder, 'no actors'));
  return {
    run,
    host,
    async [Symbol.asyncDispose]() {
      await host[Symbol.asyncDispose]();
      if (existsSync(run.folder)) await sweepRun(run);
    },
  };
}

interface Ran {
  readonly program: StartedProgram;
  readonly lines: readonly string[];
}

async function start(host: Host, ...args: string[]): Promise<Ran> {
  const lines: string[] = [];
  const program = await host.start({ name: 'program', arguments: args, env: {} }, (line) => {
    lines.push(line);
  });
  return { program, lines };
}

async function run(host: Host, ...args: string[]): Promise<Exit & Pick<Ran, 'lines'>> {
  const { program, lines } = await start(host, ...args);
  return { ...(await program.ended), lines };
}

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
    await using machine = await open(engines().python);
    const program = `import json, sys
print(json.dumps([sys.argv[1:], sys.prefix != sys.base_prefix, sys.executable[-24:]]))
print("on stderr", file=sys.stderr)
sys.exit(7)`;
    const args = ['plain', 'two words', 'a "quote"', 'ends in \\', '', 'ä€'];
    const { lines, code } = await run(machine.host, '-c', program, ...args);
    expect(lines).toContain('on stderr');
    const told = JSON.parse(lines.find((line) => line.startsWith('[')) ?? '') as unknown;
    expect(told).toEqual([args, true, String.raw`\venv\Scripts\python.exe`]);
    expect(code).toBe(7);
  });

  test('takes the interpreter along when it is killed', async () => {
    await using machine = await open(engines().python);
    const mark = `mark-${randomUUID()}`;
    const { program, lines } = await start(machine.host, '-c', sleeping, mark);
    await pWaitFor(() => lines.includes('started'), { timeout: 20_000 });
    expect(await running(mark)).toBe(2);
    await program.terminate();
    await pWaitFor(async () => (await running(mark)) === 0, { timeout: 5_000 });
  });
});

describe('what runs on a machine', () => {
  test.each<[string, (machine: Awaited<ReturnType<typeof open>>) => Promise<unknown>]>([
    ['it is switched off', async ({ host }) => host[Symbol.asyncDispose]()],
    ['its run is swept, as that of a runner that was killed', ({ run }) => sweepRun(run)],
  ])('ends when %s', async (_name, end) => {
    await using machine = await open(engines().python);
    const mark = `mark-${randomUUID()}`;
    const { lines } = await start(machine.host, '-c', withDescendants, mark);
    // The redirector and the interpreter, of the program and of both that it starts.
    await pWaitFor(async () => lines.includes('started') && (await running(mark)) === 6, {
      timeout: 20_000,
    });
    await end(machine);
    expect(await running(mark)).toBe(0);
  });

  test('keeps the order of what it prints into a file', async () => {
    await using machine = await open(engines().node);
    const program = 'for (let i = 0; i < 2000; i += 1) (i % 2 ? console.log : console.error)(i)';
    const { lines, code } = await run(machine.host, '-e', program);
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
    await using machine = await open(engine());
    const { lines, code } = await run(machine.host, ...args);
    expect(code).not.toBe(0);
    const seen = { jobs: [], exits: [], facts: {}, startedAt: '', durationMs: 0 };
    const log = lines.map((line) => `worker | ${line}`);
    expect(judgeWineArtefact({ ...seen, log })?.reason).toContain(because);
  });
});
