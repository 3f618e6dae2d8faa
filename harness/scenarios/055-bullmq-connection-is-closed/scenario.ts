import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('add-after-quit-fails', (run) => add(run, 'client first'));
claim('add-before-quit-works', (run) => add(run, 'queue first'));
claim('client-first-leaves-the-job-active', (run) => stop(run, 'client first'));
claim('client-first-hangs-in-5', (run) => stop(run, 'client first'));
claim('worker-first-works', (run) => stop(run, 'worker first'));

async function add(run: Run, order: string): Promise<void> {
  await run.submitBy('add.mjs', { job: 'queue.add', expect: 'string', env: { ORDER: order } });
}

/** Stops a worker in the middle of a job. */
async function stop(run: Run, order: string): Promise<void> {
  await using worker = await run.worker({ env: { ORDER: order } });
  const job = await run.add('numbers.double', [2]);
  await worker.printed('begun');
  await worker.tell('stop');
  await worker.printed('stopping');
  await run.flag('go on');
  run.fact('worker stopped', await worker.printed('stopped', 5_000));
  await job.settled({ expect: 4, deadlineMs: 2_000 });
  run.fact('jobs left active', (await run.counts('numbers')).active ?? 0);
}
