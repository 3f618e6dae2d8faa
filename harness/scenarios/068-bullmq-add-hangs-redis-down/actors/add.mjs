/**
 * Adds a job by a queue with the options of CLIENT (ioredis) and QUEUE (BullMQ), in up to ATTEMPTS attempts. If TOLD
 * is yes, it waits to be told so, with the queue ready, and Redis may have gone by then.
 */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Queue } from 'bullmq';

const { BROKER_CONNECTION, CLIENT = '{}', QUEUE = '{}', ATTEMPTS = '1', TOLD } = process.env;
const { host, port } = JSON.parse(BROKER_CONNECTION);
const queue = new Queue('numbers', {
  connection: { host, port, ...JSON.parse(CLIENT) },
  ...JSON.parse(QUEUE),
});
queue.on('error', () => undefined);
if (TOLD === 'yes') {
  await queue.waitUntilReady();
  console.log('ready');
  await once(process.stdin, 'data');
}
for (let attempt = 1; ; attempt += 1) {
  const before = performance.now();
  try {
    await queue.add('double', [2]);
    console.log(JSON.stringify({ state: 'completed', result: 'added' }));
    break;
  } catch (error) {
    if (attempt === 1) console.error(error.stack);
    if (attempt >= Number(ATTEMPTS)) {
      const seconds = (performance.now() - before) / 1_000;
      console.log(JSON.stringify({ state: 'failed', error: error.message, seconds }));
      break;
    }
    await pause(100);
  }
}
process.exit();
