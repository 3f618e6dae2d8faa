/** Runs a solo worker, broker and database at the URL of its argument, says READY, and runs until it is killed. */
import { startLiveWorker } from '../live-worker.ts';

const url = process.argv[2] ?? '';
await startLiveWorker({
  brokerUrl: url,
  databaseUrl: url,
  pool: 'solo',
  writeups: [],
  onError: () => undefined,
});
process.stdout.write('READY\n');
