import type { Configure } from './command.ts';

interface Options {
  readonly server: string;
  readonly portfolio: string;
  readonly skipBadRows?: true;
  readonly dryRun?: true;
  readonly map: readonly string[];
  readonly ignore: readonly string[];
  readonly encoding?: string;
  readonly preset?: string;
  readonly decimal?: string;
  readonly dates?: string;
  readonly order?: string;
  readonly known?: string;
  readonly json?: true;
}

const all = (value: string, before: readonly string[]) => [...before, value];

export const configure: Configure = (command) => {
  command
    .argument('<file>', 'a CSV file: date, symbol, side, quantity, price, fees, currency')
    .option('--server <url>', 'where `poolproof start` runs', 'http://127.0.0.1:3000')
    .option('--portfolio <name>', 'the portfolio to add to', 'default')
    .option('--skip-bad-rows', 'import the rest, and list them (default: reject the file)')
    .option('--dry-run', 'say what would happen, and change nothing')
    .option('--map <field=column>', 'name a column, such as price=Rate; once for each', all, [])
    .option('--ignore <column>', 'a column that is not to be read; once for each', all, [])
    .option('--preset <name>', 'whose export it is, such as schwab')
    .option('--encoding <name>', 'such as windows-1252 (default: UTF-8)')
    .option('--decimal <mark>', 'a point or a comma, where the file does not show it')
    .option('--dates <order>', 'dmy or mdy, where the file does not show it')
    .option(
      '--order <order>',
      'oldest-first or newest-first: how the rows of a day follow each other',
    )
    .option('--known <what>', 'skip trades that the portfolio has (default), or import them')
    .option('--json', 'print the import as JSON on stdout')
    .addHelpText(
      'after',
      '\nExit code: 0 imported, 1 failed, 2 rejected or bad usage, with the lines.',
    )
    .action(async (file: string, options: Options) => {
      const { commandImport } = await import('./import/command.ts');
      await commandImport(file, options);
    });
};
