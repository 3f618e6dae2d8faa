import { copyFile, cp, symlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Cell } from '../../catalog/evidence/schema.ts';
import { installEngine } from '../engines/install.ts';
import type { InstalledEngine } from '../engines/engine.ts';
import { startNative } from './native-process.ts';
import type { RunFolder } from '../sweep/run-folder.ts';
import type { Host, Platform } from './platform.ts';

export interface PreparedNative extends InstalledEngine {
  readonly kind: 'native';
}

/** This machine, as it is. */
export const native: Platform<PreparedNative> = {
  whyNot: ({ platform }: Cell) =>
    platform === process.platform ? undefined : `${platform}: this machine is ${process.platform}`,
  prepare: async ({ engine, version, launch }, progress) => ({
    kind: 'native',
    ...(await installEngine(engine, version, launch, progress)),
  }),
};

/** Lays out a work folder for one run: copies of the actors, beside the engine's own libraries. */
export async function openNativeHost(
  prepared: PreparedNative,
  run: RunFolder,
  actors: string,
): Promise<Host> {
  const folder = await run.makeWorkFolder();
  if (existsSync(actors)) await cp(actors, folder, { recursive: true });
  if (prepared.modules !== undefined) {
    await symlink(prepared.modules, path.join(folder, 'node_modules'), 'junction');
  }
  const command = path.basename(prepared.interpreter);
  return {
    sharesNetwork: true,
    describe: ({ arguments: args }) => [command, ...args].join(' '),
    async start(program, onLine) {
      for (const file of program.files ?? []) {
        await copyFile(file, path.join(folder, path.basename(file)));
      }
      return startNative(
        {
          file: prepared.interpreter,
          arguments: program.arguments,
          env: { ...prepared.env, ...program.env },
          folder,
        },
        run,
        onLine,
      );
    },
    lost: () => Promise.resolve(undefined),
    // The folder goes with the run folder: a program that ends later may still look for its files.
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
