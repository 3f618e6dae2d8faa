/** Adds a job of the number NUMBER with the options OPTIONS, and tells the first event after SINCE that speaks of its end or of a duplicate. */
import { Queue, QueueEvents } from 'bullmq';

const { NUMBER, OPTIONS, SINCE, BROKER_CONNECTION } = process.env;
const connection = JSON.parse(BROKER_CONNECTION);
const queue = new Queue('numbers', { connection });
const events = new QueueEvents('numbers', { connection, lastEventId: SINCE });

const seen = new Promise((resolve) => {
  const tell = (event) => (what) => resolve({ event, ...what });
  for (const name of ['duplicated', 'deduplicated', 'completed', 'failed'])
    events.on(name, tell(name));
});
const job = await queue.add('double', [Number(NUMBER)], JSON.parse(OPTIONS));
const { event, returnvalue = null, failedReason } = await seen;
const state = { completed: 'completed', failed: 'failed' }[event] ?? 'pending';
console.log(
  JSON.stringify({
    state,
    ...(state === 'completed' && { result: returnvalue }),
    ...(failedReason && { error: failedReason }),
    event,
    'data of the returned job': job.data[0],
  }),
);
process.exit();
