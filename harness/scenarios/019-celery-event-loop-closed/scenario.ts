import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

claim('second-task-fails', (run) => thrice(run, 'tasks.shared_client'));
claim('one-task-per-child-works', (run) =>
  twice(run, 'tasks.shared_client', ['--max-tasks-per-child=1']),
);
claim('solo-fails-too', (run) => twice(run, 'tasks.shared_client'));
claim('loop-of-the-process-works', (run) => twice(run, 'tasks.loop_of_the_process'));
claim('client-of-the-task-works', (run) => twice(run, 'tasks.client_of_the_task'));
claim('solo-works-too', (run) => twice(run, 'tasks.client_of_the_task'));
claim('new-loop-each-time-fails', (run) => twice(run, 'tasks.shared_client_new_loop'));

async function twice(run: Run, task: string, args: string[] = []): Promise<void> {
  await using worker = await start(run, args);
  await submitTwice(run, worker, task);
}

async function thrice(run: Run, task: string): Promise<void> {
  await using worker = await start(run, []);
  await submitTwice(run, worker, task);
  await run.add(task, []);
  run.fact('third task done', await worker.printed('succeeded in', { times: 2 }));
}

/** One process, so that all tasks meet in it. */
function start(run: Run, args: string[]): Promise<Actor> {
  return run.worker({ concurrency: 1, args });
}

async function submitTwice(run: Run, worker: Actor, task: string): Promise<void> {
  await run.add(task, []);
  run.fact('first task done', await worker.printed('succeeded in'));
  await run.submit(task, [], { expect: true });
  run.fact('worker still runs', worker.exit === undefined);
}
