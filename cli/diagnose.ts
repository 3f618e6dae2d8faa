import { open } from 'node:fs/promises';
import { BadInput } from '../catalog/problem/bad-input.ts';
import { diagnose, type Diagnosis } from '../catalog/diagnose/diagnose.ts';
import { readWriteups } from '../catalog/writeup/read.ts';
import type { Configure } from './command.ts';
import { withProgress } from './progress.ts';
import { print, printJson, styled } from './terminal.ts';

const nothingFound = 1;

export const configure: Configure = (command) => {
  command
    .argument('[file]', 'a log, or - for standard input', '-')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      [
        '  $ poolproof diagnose celery.log --json',
        '',
        'Reads plain logs, JSON lines and what docker compose and journalctl print.',
        'Exit code: 0 when a known bug was found, 1 when none was, 2 when the log could not be read.',
      ].join('\n'),
    )
    .action(async (file: string, { json }: { json?: true }) => {
      const writeups = readWriteups();
      const diagnosis = await diagnose(await openLog(file), writeups);
      if (diagnosis.matches.length === 0) process.exitCode = nothingFound;
      if (json) printJson(diagnosis);
      else print(...render(diagnosis));
    });
};

async function openLog(file: string): Promise<AsyncIterable<Uint8Array>> {
  if (file !== '-') return readFile(file);
  if (process.stdin.isTTY) {
    throw new BadInput(
      'expected a log, got none. Type poolproof diagnose FILE, or pipe one in: docker compose logs worker | poolproof diagnose -',
    );
  }
  return process.stdin;
}

async function readFile(file: string): Promise<AsyncIterable<Uint8Array>> {
  try {
    const handle = await open(file);
    const stat = await handle.stat();
    if (stat.isDirectory()) {
      await handle.close();
      throw new Error('it is a folder');
    }
    return withProgress(handle.createReadStream(), stat.size);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadInput(
      `expected a log that can be read, got ${file}: ${reason}. Check the path, or use - for standard input.`,
    );
  }
}

function render({ matches, unmatchedErrors, linesRead }: Diagnosis): string[] {
  const found = matches.flatMap(({ bug, title, score, line, signature, fix }) => [
    `${styled('bold', `${bug}  ${title}`)}  (score ${score})`,
    `  line ${line}: ${signature}`,
    `  Fix: ${fix}`,
    `  More: poolproof show ${bug.replace('BUG-', '')}`,
    '',
  ]);
  const unmatched = unmatchedErrors.map(({ line, text }) => `  line ${line}: ${text}`);
  return [
    ...(found.length > 0
      ? found
      : [`No known bug in ${linesRead} line${linesRead === 1 ? '' : 's'}.`]),
    ...(unmatched.length > 0 ? ['Errors that no write-up explains:', ...unmatched] : []),
  ];
}
