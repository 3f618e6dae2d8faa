// @ts-check
'use strict';

const { short } = require('./describe.cjs');

/**
 * Does what the dashboard asks, once. What is not understood is answered, too.
 *
 * @param {import('./parts.d.cts').Inner} worker
 * @param {string} json
 * @returns {Promise<import('./parts.d.cts').RecordedCommand>}
 */
async function obey(worker, json) {
  const { id = '', action, job } = JSON.parse(json);
  const { done, says } = await run(worker, action, job).catch((error) => ({
    done: false,
    says: short(error instanceof Error ? error.message : error),
  }));
  return {
    id: short(id),
    action,
    ...(job === undefined ? {} : { job: short(job) }),
    at: Date.now(),
    done,
    says,
  };
}

/**
 * @param {import('./parts.d.cts').Inner} worker
 * @param {unknown} action
 * @param {unknown} job
 */
async function run(worker, action, job) {
  switch (action) {
    case 'pause':
      // Not waiting for running jobs: they may take hours, and the answer must not.
      await worker.pause(true);
      return { done: true, says: 'takes no new job; those that run go on' };
    case 'resume':
      await worker.resume();
      return { done: true, says: 'takes jobs again' };
    case 'stop':
      // Carried out when this answer is written: afterwards there is no connection for it.
      return { done: true, says: 'takes no new job, and closes when those that run are over' };
    case 'cancel':
      if (typeof worker.cancelJob !== 'function') {
        return { done: false, says: 'this version of BullMQ cannot cancel a job' };
      }
      if (worker.cancelJob(String(job), 'Cancelled from the dashboard')) {
        return { done: true, says: `told job ${short(job)} to stop; whether it does is up to it` };
      }
      return {
        done: false,
        says: worker.processorAcceptsSignal
          ? `does not run job ${short(job)} any more`
          : 'its processor takes no signal, the third parameter of a processor',
      };
    default:
      return { done: false, says: 'does not know this command: its poolproof is another version' };
  }
}

module.exports = { obey };
