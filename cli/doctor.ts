import path from 'node:path';
import { examine } from '../catalog/doctor/examine.ts';
import { createHistoryLookUp } from '../catalog/verdict/history-look-up.ts';
import { readValidWriteups } from '../catalog/writeup/read.ts';
import type { Configure } from './command.ts';
import { parseBrokerUrl } from './doctor/broker-url.ts';
import { look } from './doctor/look.ts';
import { renderExamination } from './doctor/render.ts';
import { reportInvalid } from './invalid.ts';
import { print, printJson } from './terminal.ts';

const someApply = 1;
const badInput = 2;

interface Options {
  readonly broker?: string;
  readonly json?: true;
}

export const configure: Configure = (command) => {
  command
    .argument('[dir]', 'the folder of a project', '.')
    .option('--broker <url>', 'ask this broker too: redis://, rediss://, amqp:// or postgres://')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      [
        '  $ poolproof doctor services/worker --json',
        '',
        'Reads lock files and requirements, Dockerfiles, compose files and Procfiles in the folder and two',
        'folders down, the machine, and the broker with --broker. Nothing is changed, and of no URL or',
        'variable is the password printed.',
        'Each finding is sure, or perhaps: the failure then needs something that cannot be seen, such as',
        'a setting in the code. Both say what was seen, and where.',
        'JSON: { folder, files, broker, applies: [{ bug, slug, title, level, because: [{ says, place:',
        '{ file, line, of } }], fix, code, page }], problems }.',
        'Exit code: 0 when no known bug applies, 1 when some do, 2 when a file or the broker could not be',
        'read; the rest is looked at nevertheless.',
      ].join('\n'),
    )
    .action(doctor);
};

async function doctor(folder: string, options: Options): Promise<void> {
  const broker = options.broker === undefined ? undefined : parseBrokerUrl(options.broker);
  const { writeups, problems: invalid } = readValidWriteups();
  const seen = await look(path.resolve(folder), broker);
  const applies = examine(seen.facts, writeups, createHistoryLookUp());
  if (applies.length > 0) process.exitCode = someApply;
  reportInvalid(invalid);
  const problems = seen.problems.map(({ message }) => message);
  for (const problem of problems) process.stderr.write(`error: ${problem}\n`);
  if (problems.length > 0) process.exitCode = badInput;
  if (options.json) {
    const { files, broker: asked = null } = seen;
    printJson({ folder, files, broker: asked, applies, problems });
  } else print(...renderExamination(applies, seen));
}
