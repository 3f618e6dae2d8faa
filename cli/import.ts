import type { Configure } from './command.ts';

interface Options {
  readonly server: string;
  readonly portfolio: string;
  readonly skipBadRows?: true;
  readonly json?: true;
}

export const configure: Configure = (command) => {
  command
    .argument('<file>', 'a CSV file: date, symbol, side, quantity, price, fees, currency')
    .option('--server <url>', 'where `poolproof start` runs', 'http://127.0.0.1:3000')
    .option('--portfolio <name>', 'the portfolio to add to', 'default')
    .option('--skip-bad-rows', 'import the rest, and list them (default: reject the file)')
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
