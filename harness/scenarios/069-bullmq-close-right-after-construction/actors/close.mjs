/**
 * Makes an object of the class CLASS, and closes it: at once, or when it is connected, as WAIT says. Nothing else
 * keeps the program alive.
 */
import * as bullmq from 'bullmq';

const { CLASS, WAIT, STALLED_INTERVAL, BROKER_CONNECTION } = process.env;
const connection = JSON.parse(BROKER_CONNECTION);
const made =
  CLASS === 'Worker'
    ? new bullmq.Worker('numbers', async () => 4, {
        connection,
        stalledInterval: Number(STALLED_INTERVAL),
      })
    : new bullmq[CLASS]('numbers', { connection });
made.on('error', (error) => console.error(error));
if (WAIT === 'until ready') await made.waitUntilReady();
await made.close();
console.log('closed');
