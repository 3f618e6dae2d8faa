import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

claim('all-later-jobs-fail', addThree);
claim('attempts-do-not-help', async (run) => {
  await using worker = await run.worker();
  await run.submit('numbers.double', [2], { options: { attempts: 4 }, expect: 4 });
  run.fact('empty errors', run.count('Job failed: []', [worker]));
});
claim('restart-works', async (run) => {
  await using old = await run.worker({ name: 'old' });
  await failOne(run, old);
  await old.kill();
  await using worker = await run.worker({ name: 'new' });
  await submitThree(run, worker);
});
claim('fixed-version-works', addThree);

/** Has the first job fail, and adds three more. */
async function addThree(run: Run): Promise<void> {
  await using worker = await run.worker();
  await failOne(run, worker);
  await submitThree(run, worker);
}

async function failOne(run: Run, worker: Actor): Promise<void> {
  await run.add('numbers.double', [1]);
  run.fact('first job failed with the error', await worker.printed('Job failed: [out of luck]'));
}

async function submitThree(run: Run, worker: Actor): Promise<void> {
  for (const number of [2, 3, 4])
    await run.submit('numbers.double', [number], { expect: 2 * number });
  run.fact('empty errors', run.count('Job failed: []', [worker]));
}
