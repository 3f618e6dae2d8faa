import { existsSync } from 'node:fs';
import path from 'node:path';
import { installWindowsNode } from '../runtimes/windows/node.ts';
import { installWindowsPython } from '../runtimes/windows/python.ts';
import type { Host, StartedProgram } from '../platforms/platform.ts';
import type { WindowsEngine } from '../engines/engine.ts';
import { openWineHost } from '../platforms/wine/host.ts';
import { prepareMachine } from '../platforms/wine/prepare-machine.ts';
import { NotRun } from '../not-run.ts';
import type { Exit } from '../platforms/platform.ts';
import { Workspace } from '../sweep/workspace.ts';
import { sweepWorkspace } from '../sweep/sweep.ts';

const quiet = () => undefined;

/** Windows Python without any engine. Throws `NotRun` with what is missing. */
export async function barePython(): Promise<WindowsEngine> {
  requireLinux();
  const { folder, versions } = await installWindowsPython('3.11', quiet);
  return {
    ...{ windows: 'windows-7', prints: 'into pipes', env: {}, versions },
    interpreter: path.join(folder, 'python.exe'),
    venv: { python: folder, sitePackages: path.join(folder, 'Lib') },
  };
}

/** Windows Node without any engine. Throws `NotRun` with what is missing. */
export async function bareNode(): Promise<WindowsEngine> {
  requireLinux();
  return {
    ...{ windows: 'windows-10', prints: 'into a file', env: {} },
    ...(await installWindowsNode(quiet)),
  };
}

function requireLinux(): void {
  if (process.platform === 'linux') return;
  throw new NotRun(`Wine is run on Linux, and this machine is ${process.platform}`);
}

/** A Windows machine under Wine, switched on for tests, with a run of its own. */
export interface TestMachine extends AsyncDisposable {
  readonly workspace: Workspace;
  readonly host: Host;
}

/**
 * Switches on a machine. Throws `NotRun` with what is missing.
 *
 * @param files a folder of which its programs find copies in their work folder.
 */
export async function openMachine(engine: WindowsEngine, files?: string): Promise<TestMachine> {
  const machine = await prepareMachine(engine.windows, quiet);
  const workspace = await Workspace.create();
  const none = path.join(workspace.folder, 'no files');
  const prepared = { kind: 'wine', machine, engine, versions: {} } as const;
  const host = await openWineHost(prepared, workspace, files ?? none).catch(
    async (error: unknown) => {
      await sweepWorkspace(workspace);
      throw error;
    },
  );
  return {
    workspace,
    host,
    async [Symbol.asyncDispose]() {
      await host[Symbol.asyncDispose]();
      if (existsSync(workspace.folder)) await sweepWorkspace(workspace);
    },
  };
}

/** A program on a machine, and the lines that it has printed so far. */
export interface Ran {
  readonly program: StartedProgram;
  readonly lines: readonly string[];
}

/** Starts the engine's interpreter. */
export async function start(
  host: Host,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const lines: string[] = [];
  const program = await host.start({ name: 'program', arguments: args, env }, (line) => {
    lines.push(line);
  });
  return { program, lines };
}

/** Starts it, and waits until it has ended. */
export async function run(host: Host, args: readonly string[]): Promise<Exit & Pick<Ran, 'lines'>> {
  const { program, lines } = await start(host, args);
  return { ...(await program.ended), lines };
}
