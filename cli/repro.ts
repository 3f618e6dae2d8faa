import path from 'node:path';
import { findWriteup } from '../catalog/writeup/find.ts';
import { readValidWriteups } from '../catalog/writeup/read.ts';
import { platformNames } from '../catalog/cell/dimensions.ts';
import type { Wish } from '../harness/repro/cases.ts';
import { chooseRepro } from '../harness/repro/choose-repro.ts';
import { requireEmpty, writeRepro } from '../harness/repro/write-repro.ts';
import type { Configure } from './command.ts';
import { print } from './terminal.ts';

type Options = Wish & { readonly force?: true };

export const configure: Configure = (command) => {
  command
    .argument('<bug>', 'a bug by number, id or slug: 002, BUG-002')
    .argument('<dir>', 'the folder to write, which must be empty')
    .option('--claim <id>', 'the claim to show (default: one that was tried)')
    .option('--version <version>', 'a version of the engine in which it was confirmed')
    .option('--force', 'write into the folder though it is not empty')
    .action(async (bug: string, folder: string, { force, ...wish }: Options) => {
      const writeup = findWriteup(readValidWriteups().writeups, bug);
      await requireEmpty(folder, force === true);
      const { one, files, tried } = await chooseRepro(writeup, wish);
      await writeRepro(files, folder);
      const { platform } = one.bug.cell;
      print(
        `${writeup.id}  ${one.bug.claim.says}`,
        '',
        `  bug  ${one.bug.claim.id}, which was confirmed on ${platformNames[platform]}`,
        `  fix  ${one.fix.claim.id}`,
        '',
        `What to type: ${path.join(folder, 'README.md')}`,
      );
      if (tried === undefined) {
        process.stderr.write('note: these very files have not been run; the claim has.\n');
      }
    });
};
