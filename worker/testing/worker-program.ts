/** Runs a solo worker, broker and database at the URL of its argument, until it is killed. */
import { startLiveWorker } from '../live-worker.ts';

const url = process.argv[2] ?? '';
await startLiveWorker({
  brokerUrl: url,
  databaseUrl: url,
  pool: 'solo',
  writeups: [],
  onError: () => undefined,
});
