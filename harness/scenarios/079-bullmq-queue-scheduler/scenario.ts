import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

const delayed = { delay: 500 };
const retried = { attempts: 3, backoff: 500 };

claim('delayed-job-never-runs', (run) => double(run, 2, delayed));
claim('retry-with-backoff-never-runs', (run) => double(run, -2, retried));
claim('plain-job-runs', (run) => double(run, 2));
claim('scheduler-runs-it', (run) => double(run, 2, delayed, 'yes'));
claim('scheduler-runs-the-retry', (run) => double(run, -2, retried, 'yes'));
claim('newer-version-runs-it', (run) => double(run, 2, delayed));

/** A job with options, and a worker with a scheduler or without. */
async function double(run: Run, number: number, options = {}, scheduler = 'no'): Promise<void> {
  await using worker = await run.worker({ env: { SCHEDULER: scheduler } });
  const wanted = { options, expect: 2 * number, deadlineMs: 5_000 };
  await run.submit('numbers.double', [number], wanted);
  run.fact('begun', run.count('begun', [worker]));
  run.fact('delayed', (await run.counts('numbers')).delayed ?? 0);
}
