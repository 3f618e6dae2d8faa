/** A worker that closes when it is asked to end, and what it does beside as HOW says. */
import { Worker } from 'bullmq';

const { BROKER_CONNECTION, HOW } = process.env;
const worker = new Worker('numbers', async (job) => 2 * job.data[0], {
  connection: JSON.parse(BROKER_CONNECTION),
});
let errors = 0;
worker.on('error', (error) => {
  errors += 1;
  // They go on for as long as Redis is away, and would fill the log.
  if (errors <= 3) console.error(`${error}`);
});
worker.on('ready', () => console.log('ready'));
process.once('SIGTERM', async () => {
  console.log('closing');
  if (HOW === 'with a deadline') setTimeout(() => process.exit(), 2_000);
  await worker.close(HOW === 'forced');
  console.log('closed');
});
