/** Adds a job with the name and the options that it is told, and tells what became of it. */
import { Queue } from 'bullmq';

const { NAME, OPTIONS, BROKER_CONNECTION } = process.env;
const queue = new Queue('numbers', { connection: JSON.parse(BROKER_CONNECTION) });
try {
  const options = JSON.parse(OPTIONS);
  if (options.delay === null) options.delay = Number(process.env.NOT_SET);
  await queue.add(NAME, [2], options);
  console.log(JSON.stringify({ state: 'completed', result: 'added' }));
} catch (error) {
  console.error(error.stack);
  console.log(JSON.stringify({ state: 'failed', error: error.message }));
}
process.exit();
