import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('repeat-fails', (run) => repeat(run, 'the option repeat'));
claim('repeat-works-elsewhere', (run) => repeat(run, 'the option repeat'));
claim('plain-job-works', async (run) => {
  await using worker = await run.worker();
  await add(run, 'add');
  run.fact('begun', await worker.printed('begun: once', 5_000));
});
claim('scheduler-works', (run) => repeat(run, 'upsertJobScheduler'));

/** Has a job repeated, by one way or the other. */
async function repeat(run: Run, by: string): Promise<void> {
  await using worker = await run.worker();
  await add(run, by);
  run.fact('begun twice', await worker.printed('begun: again', { times: 2, deadlineMs: 5_000 }));
}

async function add(run: Run, by: string): Promise<void> {
  await run.submitBy('add.mjs', { job: by, expect: 'added', env: { BY: by } });
}
