import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('later-jobs-are-refused', double);
claim('older-bullmq-hides-the-message', double);
claim('threads-fail', double);
claim('newer-bullmq-works-with-threads', double);
claim('newer-bun-works-with-threads', double);
claim('function-works', double);
claim('close-hangs', double);
claim('newer-bun-works', double);

/** Three jobs, one after the other; then the worker is closed. */
async function double(run: Run): Promise<void> {
  await using worker = await run.worker();
  const fates = [];
  for (const number of [1, 2, 3]) {
    const { state } = await run.submit('numbers.double', [number], { expect: 2 * number });
    fates.push(state);
  }
  run.fact('jobs', fates.join(', '));
  run.fact('empty errors', run.count('Job failed: []', [worker]));
  await worker.tell('close');
  run.fact('worker closes', await worker.printed('closed', 4_000));
}
