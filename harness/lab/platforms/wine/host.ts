import { copyFile, cp, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Workspace } from '../../sweep/workspace.ts';
import type { Host } from '../platform.ts';
import { startFollowed } from './followed.ts';
import type { Machine, PreparedMachine } from './machine.ts';
import { layOutVenv } from './venv.ts';
import type { PreparedWine } from './wine.ts';

/** Lays out a work folder for one run, and switches on a machine for its programs. */
export async function openWineHost(
  { machine: prepared, engine }: PreparedWine,
  workspace: Workspace,
  actors: string,
): Promise<Host> {
  const folder = await workspace.makeWorkFolder();
  if (existsSync(actors)) await cp(actors, folder, { recursive: true });
  if (engine.modules !== undefined)
    await symlink(engine.modules, path.join(folder, 'node_modules'));
  const interpreter =
    engine.venv === undefined
      ? engine.interpreter
      : await layOutVenv(path.join(folder, 'venv'), { ...engine.venv, ...prepared });
  const shown = path.relative(folder, interpreter).startsWith('venv')
    ? 'venv\\Scripts\\python.exe'
    : path.basename(interpreter);
  const machine = await boot(prepared, workspace);
  let programs = 0;
  return {
    sharesNetwork: true,
    describe: ({ arguments: args }) => ['wine', shown, ...args].join(' '),
    async start(program, onLine) {
      for (const file of program.files ?? []) {
        await copyFile(file, path.join(folder, path.basename(file)));
      }
      const started = {
        file: interpreter,
        arguments: program.arguments,
        // Compiled modules are kept in the cache: Wine takes longer to compile a library than to run it.
        env: { ...engine.env, ...program.env, PYTHONDONTWRITEBYTECODE: '' },
        folder,
      };
      if (engine.prints === 'into pipes') return machine.start(started, onLine);
      programs += 1;
      const output = path.join(folder, `.printed-${programs}`);
      return startFollowed(machine, { ...started, output }, onLine);
    },
    flag: (name) => writeFile(path.join(folder, name), ''),
    lost: () => machine.lost(),
    [Symbol.asyncDispose]: () => machine[Symbol.asyncDispose](),
  };
}

async function boot(prepared: PreparedMachine, workspace: Workspace): Promise<Machine> {
  if (prepared.how === 'host') {
    const { bootHere } = await import('./host-machine.ts');
    return bootHere(prepared, workspace);
  }
  const { bootInContainer } = await import('./container-machine.ts');
  return bootInContainer(prepared, workspace);
}
