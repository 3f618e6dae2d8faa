/**
 * Adds jobs, awaits the result of one, and tells what became of it in lines of JSON.
 *
 *     client.mjs QUEUE.JOB DATA-AS-JSON DEADLINE-IN-SECONDS [MORE-AS-JSON]
 *
 * MORE may hold
 *     ask      `submit` (default), `add`, which does not wait, or `await`, which waits for the job `id`
 *     bulk     true if DATA is a list of data, for a job each
 *     options  of the job, as queue.add takes them; `scheduler` goes to upsertJobScheduler
 *     client   options of the queue; its `connection` is laid over that of BROKER_CONNECTION
 */
import { Job, Queue, QueueEvents } from 'bullmq';

const [task, text, deadline, more = '{}'] = process.argv.slice(2);
const { ask = 'submit', bulk = false, id, options = {}, client = {} } = JSON.parse(more);
const [, queueName, name] = /^([^.]*)\.(.*)$/s.exec(task);
const data = JSON.parse(text);
const connection = { ...JSON.parse(process.env.BROKER_CONNECTION), ...client.connection };
const settings = { ...client, connection };

function tell(answer) {
  console.log(JSON.stringify(answer));
}

async function send(queue) {
  const { scheduler, ...opts } = options;
  if (scheduler !== undefined) {
    const { id, ...repeat } = scheduler;
    return [await queue.upsertJobScheduler(id, repeat, { name, data, opts })];
  }
  return bulk
    ? queue.addBulk(data.map((data) => ({ name, data, opts })))
    : [await queue.add(name, data, opts)];
}

async function fate(job) {
  // From the first event on: the job may be over before this begins to listen.
  const events = new QueueEvents(queueName, { ...settings, lastEventId: '0' });
  try {
    const result = await job.waitUntilFinished(events, Number(deadline) * 1000);
    return { state: 'completed', result };
  } catch (error) {
    const state = await job.getState();
    if (state === 'failed') return { state, error: error.message };
    if (error.message.includes(' timed out before ')) return { state: 'pending' };
    return { state: 'pending', error: error.message };
  }
}

// BullMQ 3 writes about the queue on its own, and drops the error.
process.on('unhandledRejection', (error) => {
  tell(unsent(error));
  process.exit();
});

function unsent({ name, message }) {
  return { state: 'failed', error: `not sent: ${name}: ${message}` };
}

async function work() {
  const queue = new Queue(queueName, settings);
  if (ask === 'await') {
    const job = await Job.fromId(queue, id);
    return tell(job ? await fate(job) : { state: 'pending', error: `there is no job ${id}` });
  }
  const watch = setTimeout(
    () => {
      tell({
        state: 'pending',
        error: `not sent: the broker had not taken it within ${deadline} s`,
      });
      process.exit();
    },
    Number(deadline) * 1000,
  );
  let jobs;
  try {
    jobs = await send(queue);
  } catch (error) {
    return tell(unsent(error));
  } finally {
    clearTimeout(watch);
  }
  process.removeAllListeners('unhandledRejection');
  tell({ ids: jobs.map(({ id }) => id) });
  if (ask === 'submit') tell(await fate(jobs[0]));
}

await work();
process.exit();
