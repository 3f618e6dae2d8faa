/** A worker that is told its connection as JSON, and by RECONNECTS whether it leaves a server that is read-only. */
import { Worker } from 'bullmq';

const { BROKER_SENTINEL_NAME: name, BROKER_SENTINELS = '', CONNECTION, RECONNECTS } = process.env;
const sentinels = BROKER_SENTINELS.split(',').map((sentinel) => {
  const [host, port] = sentinel.split(':');
  return { host, port: Number(port) };
});
const address = JSON.parse(CONNECTION);
const connection = address === 'sentinels' ? { sentinels, name } : address;
connection.maxRetriesPerRequest = null;
if (RECONNECTS) connection.reconnectOnError = ({ message }) => message.includes('READONLY');

const worker = new Worker('numbers', async (job) => 2 * job.data[0], {
  connection,
  // How often, in seconds, it asks for jobs while there are none, and meets the error.
  drainDelay: 1,
});
worker.on('error', (error) => console.error(`Worker error: ${error.message}`));
await worker.waitUntilReady();
console.log('ready');
