import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('async-task-fails', (run) => double(run, 'tasks.asynchronous'));
claim('asyncio-run-works', (run) => double(run, 'tasks.runs_it'));
claim('prefork-fails-too', (run) => double(run, 'tasks.asynchronous'));
claim('prefork-works-too', (run) => double(run, 'tasks.runs_it'));
claim('without-result-nothing-is-done', (run) =>
  lookForItsTrace(run, 'tasks.asynchronous_without_result'),
);
claim('plain-task-without-result-is-done', (run) =>
  lookForItsTrace(run, 'tasks.runs_it_without_result'),
);

async function double(run: Run, task: string): Promise<void> {
  await using worker = await run.worker();
  await run.submit(task, [2], { expect: 4 });
  run.fact('worker still runs', worker.exit === undefined);
}

async function lookForItsTrace(run: Run, task: string): Promise<void> {
  await using worker = await run.worker();
  await run.add(task, [2]);
  run.fact('said to have succeeded', await worker.printed(/without_result\[.*succeeded in/));
  await run.submit('tasks.body_ran', [], { expect: true });
}
