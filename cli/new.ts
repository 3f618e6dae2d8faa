import { InvalidArgumentError } from 'commander';
import { engines } from '../catalog/cell/values.ts';
import { startBug, type NewBug } from '../harness/template/start-bug.ts';
import type { Configure } from './command.ts';
import { print } from './terminal.ts';

type Options = Pick<NewBug, 'engine' | 'number'>;

export const configure: Configure = (command) => {
  command
    .argument('<slug>', 'what fails, in lower-case words joined by hyphens', parseSlug)
    .addOption(
      command
        .createOption('--engine <engine>', 'the library that fails (default: as the slug begins)')
        .choices(engines),
    )
    .option('--number <number>', 'its number (default: the next that is free)', parseNumber)
    .action(async (slug: string, options: Options) => {
      const { number, files } = await startBug({ slug, ...options });
      print(...files, '', `Run it:   npm run harness -- ${number}`);
      print(`Check it: npm run check -- ${number}`);
    });
};

function parseSlug(text: string): string {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text)) return text;
  throw new InvalidArgumentError(
    'Expected lower-case words joined by hyphens, such as celery-task-runs-twice.',
  );
}

function parseNumber(text: string): number {
  if (/^0*[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a number such as 42.');
}
