import { toPort } from './port.ts';
import type { Configure } from './command.ts';
import { createReporter } from './start/reporter.ts';
import { runStart } from './start/run.ts';
import { listenForStop } from './start/stop-signals.ts';

interface Options {
  readonly broker?: string;
  readonly port?: number;
}

export const configure: Configure = (command) => {
  command
    .option('--broker <url>', 'redis:// or postgres:// (default: an embedded PostgreSQL)')
    .option(
      '--port <number>',
      'a port of 127.0.0.1 (default: the first free one from 3000)',
      toPort,
    )
    .action(start);
};

async function start({ broker, port }: Options): Promise<void> {
  using signals = listenForStop((signal) => {
    process.stderr.write(`${signal} again: ended without waiting for what was being done.\n`);
    process.exit(130);
  });
  const report = createReporter(process.stderr);
  try {
    await runStart({ broker, port, signal: signals.stop, report });
  } catch (error) {
    // Ctrl-C reaches the helpers of a start, too: what they did not finish is no failure.
    if (!signals.stop.aborted) throw error;
  }
  report.say('stopped', 'nothing is left running');
}
