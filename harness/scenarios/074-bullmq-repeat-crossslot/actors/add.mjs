/** Adds a job in the way that BY says. */
import { Queue } from 'bullmq';
import { options } from './cluster.mjs';

const every = 500;
const ways = {
  add: (queue) => queue.add('once', {}),
  'the option repeat': (queue) => queue.add('again', {}, { repeat: { every } }),
  upsertJobScheduler: (queue) => queue.upsertJobScheduler('again', { every }, { name: 'again' }),
};
try {
  await ways[process.env.BY](new Queue('numbers', options));
  console.log(JSON.stringify({ state: 'completed', result: 'added' }));
} catch (error) {
  console.error(error);
  console.log(JSON.stringify({ state: 'failed', error: error.message }));
}
process.exit();
