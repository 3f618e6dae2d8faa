import { InvalidArgumentError } from 'commander';
import { platforms, pools, type Engine } from '../catalog/writeup/schema.ts';
import { toJson } from '../harness/report/json.ts';
import { listToJson } from '../harness/report/list.ts';
import { changedBugs } from '../harness/selection/changed.ts';
import { rungs } from '../harness/lab/brokers/rungs.ts';
import type { Configure } from './command.ts';
import { parseEngine } from './engine-option.ts';
import { printJson } from './terminal.ts';

interface Options {
  platform?: (typeof platforms)[number];
  engine?: { name: Engine; version?: string };
  replaceEngine?: { name: Engine; version: string };
  pool?: (typeof pools)[number];
  broker: string;
  matrix?: true;
  changed?: string | true;
  repeat: number;
  load?: number;
  seed?: number;
  stale?: true;
  list?: true;
  shard?: string;
  record?: true;
  recordTo?: string;
  requireRun?: true;
  log?: true;
  json?: true;
}

export const configure: Configure = (command) => {
  command
    .argument('[bugs...]', 'the bugs to test, such as 002 or BUG-002 (default: all)')
    .addOption(command.createOption('--platform <platform>', 'only there').choices(platforms))
    .option('--engine <name[@version]>', 'only this engine, only this version', parseEngine)
    .option(
      '--replace-engine <name@version>',
      'this version in place of those that write-ups list, for controls too',
      parseReplacement,
    )
    .addOption(command.createOption('--pool <pool>', 'only this pool').choices(pools))
    .option('--broker <how>', `${rungs.join(', ')} or a URL`, parseBroker, 'auto')
    .option('--matrix', 'every combination, not only those that stand for all')
    .option('--changed [base]', 'the bugs that differ from a branch or a commit (default: main)')
    .option('--repeat <n>', 'run each claim so often, each time otherwise', parseRepeat, 1)
    .option('--load <n>', 'with n threads that keep the processor busy', parseRepeat)
    .option('--seed <n>', 'shuffle repeated runs as an earlier run did', parseSeed)
    .option('--stale', 'only what is stale or was never recorded')
    .option('--list', 'tell what would run and what is recorded of it; run nothing')
    .option('--shard <i/n>', 'one of n parts that take equally long, such as 1/3')
    .option('--record', 'write what came out as written to harness/evidence')
    .option('--record-to <dir>', 'write it to an empty folder, for poolproof merge')
    .option('--log', 'show all that actors printed, not only its end where a claim missed')
    .option('--require-run', 'fail when a selected claim did not run')
    .option('--json', 'print the results as JSON on stdout')
    .action(async (bugs: string[], options: Options) => {
      // Loaded here, so that --help does not wait for Vitest.
      const { commandHarness } = await import('../harness/command.ts');
      const chosen =
        options.changed === undefined ? bugs : await alsoChanged(bugs, options.changed);
      if (chosen === undefined) {
        if (options.json) printJson(options.list ? listToJson([], new Map()) : toJson([]));
        return;
      }
      process.exitCode = await commandHarness({ ...options, bugs: chosen });
    });
};

/** The bugs that were named and those that have changed; undefined where there is none. */
async function alsoChanged(
  bugs: readonly string[],
  base: string | true,
): Promise<string[] | undefined> {
  const changed = await changedBugs(base === true ? undefined : base);
  const [first] = changed.shared;
  if (first !== undefined) {
    process.stderr.write(
      `${changed.shared.length} file(s) that every bug stands on have changed, such as ${first}; only the bugs whose own files changed are run\n`,
    );
  }
  const chosen = [...bugs, ...changed.bugs];
  if (chosen.length > 0) return chosen;
  process.stderr.write('no bug has changed\n');
  return undefined;
}

function parseReplacement(text: string): Options['replaceEngine'] {
  const { name, version } = parseEngine(text);
  if (version !== undefined) return { name, version };
  throw new InvalidArgumentError('Expected an engine and a version, such as celery@5.6.1.');
}

function parseSeed(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a number of at most nine digits.');
}

function parseBroker(text: string): string {
  if (rungs.some((rung) => rung === text)) return text;
  if (/^(rediss?|amqp|postgres(ql)?):\/\//.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError(
    `Expected ${rungs.join(', ')} or a URL such as redis://127.0.0.1:6379/15.`,
  );
}

function parseRepeat(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a number from 1 to 999.');
}
