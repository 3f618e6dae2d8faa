import { InvalidArgumentError } from 'commander';
import type { JudgedBisection } from '../catalog/verdict/bisection.ts';
import { engines, type Engine } from '../catalog/writeup/schema.ts';
import { rungs } from '../harness/lab/brokers/rungs.ts';
import type { Configure } from './command.ts';
import { print, printJson, renderTable, styled } from './terminal.ts';

interface Options {
  claim?: string;
  engine?: Engine;
  good?: string;
  bad?: string;
  all?: true;
  repeat: number;
  broker: string;
  record?: true;
  json?: true;
}

export const configure: Configure = (command) => {
  command
    .argument('<bug>', 'a bug by number, id or slug: 011, BUG-011')
    .option('--claim <id>', 'the claim to run (default: the first that shows the failure here)')
    .addOption(command.createOption('--engine <name>', 'a claim on this engine').choices(engines))
    .option(
      '--good <version>',
      'search from this version, in which the claim does not hold',
      version,
    )
    .option('--bad <version>', 'and this one, in which it holds', version)
    .option('--all', 'try every version, not only those that narrow a range down')
    .option('--repeat <n>', 'run the versions at the edges of a range so often', times, 3)
    .option('--broker <how>', `${rungs.join(', ')} or a URL`, 'auto')
    .option('--record', 'write what was found to harness/evidence')
    .option('--json', 'print what was found as JSON on stdout')
    .addHelpText(
      'after',
      [
        '',
        'Runs a claim over the published versions of its engine. What has run is kept in the cache: after',
        'Ctrl-C the same command goes on where it was. Versions between two that came out alike are',
        'not tried without --all. Versions whose runs differ are run ten times.',
        'Exit code: 0 when one range was measured to its edges, 1 when there is none, more than one, or an',
        'edge that is not sharp or flickers, 2 for bad usage.',
      ].join('\n'),
    )
    .action(async (bug: string, { json, ...options }: Options) => {
      // Loaded here, so that --help does not wait for Vitest.
      const { bisect } = await import('../harness/bisect/bisect.ts');
      const found = await bisect({ bug, ...options });
      if (json) printJson(found);
      else print(render(found));
      process.exitCode = isOneRange(found) ? 0 : 1;
    });
};

/** Whether there is one range, and it is known to the version where it begins and ends. */
function isOneRange({ ranges, versions }: JudgedBisection): boolean {
  const [range] = ranges;
  return (
    ranges.length === 1 &&
    range?.untried.before === 0 &&
    range.untried.after === 0 &&
    versions.every(({ state }) => state !== 'flickers')
  );
}

function render({ says, versions, words, published, engine, ranges }: JudgedBisection): string {
  const rows = versions.map(({ version, state, runs, reason }) => [
    version,
    `${state} (${runs.holding} of ${runs.total})`,
    reason,
  ]);
  return [
    says,
    renderTable(['version', 'came out', 'why'], rows, [10, 24]),
    `${versions.length} of ${published} published versions of ${engine} were tried`,
    ...(ranges.length > 1 ? ['It is not one range: what broke it was fixed and broke again.'] : []),
    styled('bold', `measured: ${words}`),
  ].join('\n');
}

function version(text: string): string {
  if (/^\d+\.\d+\.\d+$/.test(text)) return text;
  throw new InvalidArgumentError('Expected an exact version such as 5.7.6.');
}

function times(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a number from 1 to 99.');
}
