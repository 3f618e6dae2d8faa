/** A worker of Bull 4 (not BullMQ) that takes CONCURRENCY jobs at once, and waits for one no longer than a second at a time. */
const Queue = require('bull');

const { CONCURRENCY, CLIENT = '{}', BROKER_CONNECTION } = process.env;
const { host, port } = JSON.parse(BROKER_CONNECTION);
const queue = new Queue('numbers', {
  redis: { host, port, ...JSON.parse(CLIENT) },
  settings: { drainDelay: 1 },
});
queue.process(Number(CONCURRENCY), async (job) => 2 * job.data.number);
queue.on('completed', () => console.log('completed'));
queue.on('failed', (_job, error) => console.error(`Job failed: ${error.message}`));
queue.on('stalled', () => console.log('stalled'));
queue.on('error', (error) => console.error(error.message));

queue.isReady().then(() => console.log('ready'));
process.stdin.once('data', async () => {
  for (const number of [1, 2, 3, 4]) await queue.add({ number });
  console.log('added');
});
