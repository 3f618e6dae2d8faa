import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('forgotten-task-fails', (run) => double(run, ''));
claim('included-task-works', (run) => double(run, 'more_tasks'));

async function double(run: Run, include: string): Promise<void> {
  await using worker = await run.worker({ env: { INCLUDE: include } });
  await run.submit('more_tasks.double', [4], { expect: 8 });
  run.fact('worker still runs', worker.exit === undefined);
}
