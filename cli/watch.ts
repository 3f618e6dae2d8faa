import { writeFile } from 'node:fs/promises';
import { cellName } from '../catalog/evidence/schema.ts';
import { BadInput } from '../catalog/problem/bad-input.ts';
import { rungs } from '../harness/lab/brokers/rungs.ts';
import { renderWatched } from '../harness/watch/summary.ts';
import type { Watched } from '../harness/watch/watch.ts';
import type { Configure } from './command.ts';
import { parseEngine, type EngineOption } from './engine-option.ts';
import { print, printJson } from './terminal.ts';

interface Options {
  engine?: EngineOption;
  broker: string;
  list?: true;
  summary?: string;
  json?: true;
}

export const configure: Configure = (command) => {
  command
    .argument('[bugs...]', 'claims of these bugs alone, such as 002 (default: all)')
    .option(
      '--engine <name[@version]>',
      'only this engine; a version of it, new or not',
      parseEngine,
    )
    .option('--broker <how>', `${rungs.join(', ')} or a URL`, 'auto')
    .option('--list', 'only tell which versions are new; run nothing')
    .option('--summary <file>', 'write what turned as Markdown, for a pull request')
    .option('--json', 'print what came out as JSON on stdout')
    .addHelpText(
      'after',
      [
        '',
        'Asks npm and PyPI for versions that no write-up names. The claims that speak of the newest version',
        'are run on the newest of those, and held against what is recorded. Nothing is recorded.',
        'Exit code: 0 when nothing turned over, or nothing is new; 1 when a verdict turned over; 2 for bad',
        'usage, or when a registry does not answer.',
      ].join('\n'),
    )
    .action(async (bugs: string[], { json, summary, ...options }: Options) => {
      // Loaded here, so that --help does not wait for Vitest.
      const { watch } = await import('../harness/watch/watch.ts');
      const watched = await watch({ bugs, ...options });
      if (summary !== undefined) await writeSummary(summary, watched);
      if (json) printJson({ watched });
      else if (options.list && watched.length > 0)
        print(...watched.map(({ engine, version }) => `${engine} ${version}`));
      else if (watched.length > 0) print(...watched.flatMap(describe));
      const turned = watched.some(({ compared }) => compared.some((one) => one.is === 'turned'));
      process.exitCode = turned ? 1 : 0;
    });
};

async function writeSummary(file: string, watched: readonly Watched[]): Promise<void> {
  try {
    await writeFile(file, renderWatched(watched));
  } catch (error) {
    throw new BadInput(
      `expected a file that can be written for --summary, got ${file}: ${(error as Error).message}`,
    );
  }
}

function describe({ engine, version, named, compared }: Watched): string[] {
  const turned = compared.filter((one) => one.is === 'turned');
  const count = (is: string) => compared.filter((one) => one.is === is).length;
  return [
    ...turned.map(
      ({ bug, claim, cell, before, after, reason }) =>
        `turned over: ${bug} ${claim} ${cellName(cell)}: ${before} -> ${after} (${reason})`,
    ),
    `${engine} ${version} against ${named}: ${turned.length} turned over, ${count('same')} the same, ${count('unsure')} not compared`,
  ];
}
