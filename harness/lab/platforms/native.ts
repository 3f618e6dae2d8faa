import { copyFile, cp, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Cell } from '../../../catalog/evidence/schema.ts';
import { engines } from '../engines/engines.ts';
import type { InstalledEngine } from '../engines/engine.ts';
import { startNative } from './native-process.ts';
import { requireOwnShm } from './shm.ts';
import type { Workspace } from '../sweep/workspace.ts';
import type { Host, Platform } from './platform.ts';

export interface PreparedNative extends InstalledEngine {
  readonly kind: 'native';
  /** What stands before the interpreter on every command line; nothing, most often. */
  readonly wrapper: readonly string[];
}

/** This machine, as it is. */
export const native: Platform<PreparedNative> = {
  whyNot: ({ platform }: Cell) =>
    platform === process.platform ? undefined : `${platform}: this machine is ${process.platform}`,
  prepare: async (cell, progress) => ({
    kind: 'native',
    wrapper: await requireOwnShm(cell.shm),
    ...(await engines[cell.engine].install(cell, progress)),
  }),
};

/** Lays out a work folder for one run: copies of the actors, beside the engine's own libraries. */
export async function openNativeHost(
  prepared: PreparedNative,
  workspace: Workspace,
  actors: string,
): Promise<Host> {
  const folder = await workspace.makeWorkFolder();
  // Not below it: the paths of sockets in it must stay short.
  const temporary = await workspace.makeWorkFolder();
  if (existsSync(actors)) await cp(actors, folder, { recursive: true });
  if (prepared.modules !== undefined) {
    await symlink(prepared.modules, path.join(folder, 'node_modules'), 'junction');
  }
  const { wrapper, interpreter } = prepared;
  return {
    sharesNetwork: true,
    isNative: true,
    describe: ({ wrapper: own, arguments: args }) =>
      [...(own?.shown ?? []), ...wrapper.map(quoted), path.basename(interpreter), ...args].join(
        ' ',
      ),
    async start(program, onLine) {
      for (const file of program.files ?? []) {
        await copyFile(file, path.join(folder, path.basename(file)));
      }
      const [file = '', ...args] = [
        ...wrapper,
        ...(program.wrapper?.command ?? []),
        interpreter,
        ...program.arguments,
      ];
      return startNative(
        {
          file,
          arguments: args,
          env: {
            ...{ TMPDIR: temporary, TEMP: temporary, TMP: temporary },
            ...prepared.env,
            ...program.env,
          },
          folder,
        },
        workspace,
        onLine,
      );
    },
    flag: (name) => writeFile(path.join(folder, name), ''),
    lost: () => Promise.resolve(undefined),
    // The folder goes with the workspace: a program that ends later may still look for its files.
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** An argument as a shell takes it for one. */
function quoted(argument: string): string {
  return /[ "$&]/.test(argument) ? `'${argument}'` : argument;
}
