/**
 * An instance of an application: a worker, and a schedule that it changes as a line on its input says. BullMQ
 * divides time into slots as long as the interval, so each change is made at a moment of a slot that is told.
 */
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { Queue, QueueEvents, Worker } from 'bullmq';

const connection = JSON.parse(process.env.BROKER_CONNECTION);
const every = Number(process.env.EVERY ?? 1_500);
const removeOnComplete = process.env.FINISHED_JOBS === 'removed';
const queue = new Queue('clock', { connection });
const events = new QueueEvents('clock', { connection });
const worker = new Worker('clock', (job) => console.log(`begun with ${job.data.hour}`), {
  connection,
});
for (const one of [queue, events, worker]) {
  one.on('error', (error) => console.error(error.message));
  await one.waitUntilReady();
}

const upsert = (on = queue) =>
  on.upsertJobScheduler(
    'tick',
    { every },
    { name: 'tick', data: { hour: 12 }, opts: { removeOnComplete } },
  );

async function once(event) {
  await new Promise((resolve) => events.once(event, resolve));
}

/** Waits for a moment of a slot: 0.2 is a fifth of it. */
async function at(part) {
  while (Math.abs((Date.now() % every) / every - part) > 0.05) await pause(5);
}

const changes = {
  async add() {
    await at(0.2);
    await upsert();
  },
  // Later in a slot than the run of that slot.
  async 'add again'() {
    await once('completed');
    await pause(every / 5);
    await upsert();
  },
  async 'add three times'() {
    await at(0.2);
    for (const _time of [1, 2, 3]) {
      const completed = once('completed');
      await upsert();
      await Promise.race([completed, pause(every / 10)]);
    }
  },
  async 'add from four at once'() {
    const queues = [1, 2, 3, 4].map(() => new Queue('clock', { connection }));
    await Promise.all(queues.map((one) => one.waitUntilReady()));
    await at(0.2);
    await Promise.all(queues.map((one) => upsert(one)));
  },
  async replace() {
    const completed = once('completed');
    await at(0.2);
    await upsert();
    await completed;
    await queue.removeJobScheduler('tick');
    await upsert();
  },
  async repeat() {
    await queue.add('tick', { hour: 12 }, { repeat: { every, key: 'tick' }, removeOnComplete });
  },
};

console.log('ready');
for await (const change of createInterface(process.stdin)) {
  await changes[change]();
  console.log(`done: ${change}`);
}
