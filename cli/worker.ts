import path from 'node:path';
import { InvalidArgumentError } from 'commander';
import { startLiveWorker } from '../worker/live-worker.ts';
import { workerPools, type WorkerPool } from '../worker/pools/choose-pool.ts';
import { startEmbeddedPostgres } from '../worker/postgres/embedded.ts';
import type { Configure } from './command.ts';
import { dataDir } from './start/data-dir.ts';
import { databaseUrl } from './start/database-url.ts';
import { untilStopped } from './start/lost-database.ts';
import { createReporter, sayOnce } from './start/reporter.ts';
import { listenForStop } from './start/stop-signals.ts';

interface Options {
  readonly broker?: string;
  readonly pool?: WorkerPool;
  readonly concurrency?: number;
}

export const configure: Configure = (command) => {
  command
    .option('--broker <url>', 'redis:// or postgres:// (default: the database)')
    .addOption(
      command
        .createOption('--pool <pool>', 'how imports run (default: what works on this platform)')
        .choices(workerPools),
    )
    .option('--concurrency <n>', 'imports at once', toConcurrency)
    .addHelpText(
      'after',
      '\nThe database is DATABASE_URL, or an embedded PostgreSQL in .poolproof (POOLPROOF_DATA).\nOne that does not answer yet is waited for; one that refuses us ends the worker with exit code 2.',
    )
    .action(runWorker);
};

function toConcurrency(text: string): number {
  const concurrency = Number(text);
  if (Number.isInteger(concurrency) && concurrency >= 1) return concurrency;
  throw new InvalidArgumentError('Expected a whole number from 1.');
}

async function runWorker(options: Options): Promise<void> {
  using signals = listenForStop(() => process.exit(130));
  try {
    await work(options, signals.stop);
  } catch (error) {
    // Stopped before the database answered: nothing has begun.
    if (!signals.stop.aborted) throw error;
  }
}

async function work({ broker, pool, concurrency }: Options, signal: AbortSignal): Promise<void> {
  const report = createReporter(process.stderr);
  await using stack = new AsyncDisposableStack();
  const start = () => startEmbeddedPostgres({ dataDir: path.join(dataDir(), 'postgres') });
  const given = databaseUrl();
  const embedded =
    given === undefined ? stack.use(await report.step('database', 'starting', start)) : undefined;
  const database = given ?? embedded?.url ?? '';
  const worker = stack.use(
    await startLiveWorker({
      brokerUrl: broker ?? database,
      databaseUrl: database,
      pool,
      concurrency,
      onError: sayOnce(report, 'broker'),
      onDatabaseDown: sayOnce(report, 'database'),
      signal,
    }),
  );
  report.say(
    'worker',
    `ready: pool ${worker.pool}, ${worker.concurrency} at once. Ctrl-C stops it`,
  );
  await untilStopped(signal, embedded, report);
  report.say('worker', 'finishing what it has begun …');
}
