import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';
import type { WorkerOptions } from '../../lab/engines/engine-programs.ts';
import { notePool, noteWhoHoldsTheTask } from '../celery-observations.ts';

const announced = { env: { FORKED_BY_MULTIPROCESSING: '1' } };

claim('prefork-fails-when-spawned', (run) => addTwoNumbers(run));
claim('environment-variable-cures', (run) => addTwoNumbers(run, announced));
claim('prefork-works-from-5-7-0', (run) => addTwoNumbers(run));
claim('prefork-works-when-forked', (run) => addTwoNumbers(run));
claim('solo-works', (run) => addTwoNumbers(run));
claim('threads-work', (run) => addTwoNumbers(run));
claim('gevent-works', (run) => addTwoNumbers(run));
claim('eventlet-works', (run) => addTwoNumbers(run));

claim('failure-is-final', async (run) => {
  await using worker = await run.worker();
  notePool(run, worker);
  await noteWhoHoldsTheTask(run, await run.submit('tasks.add', [3, 1], { expect: 4 }));
});

claim('old-prefork-fails-on-windows', (run) => addTwoNumbers(run));
claim('prefork-fails-on-windows', (run) => addTwoNumbers(run));
claim('environment-variable-cures-on-windows', (run) => addTwoNumbers(run, announced));
claim('prefork-works-on-windows-from-5-7-0', (run) => addTwoNumbers(run));
claim('prefork-fails-on-macos', (run) => addTwoNumbers(run));
claim('environment-variable-cures-on-macos', (run) => addTwoNumbers(run, announced));

async function addTwoNumbers(run: Run, options?: WorkerOptions): Promise<void> {
  await using worker = await run.worker(options);
  notePool(run, worker);
  await run.submit('tasks.add', [3, 1], { expect: 4 });
}
