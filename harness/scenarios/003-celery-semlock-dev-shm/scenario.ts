import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';
import { notePool, noteWhoHoldsTheTask } from '../celery-observations.ts';

claim('prefork-fails', addTwoNumbers);
claim('prefork-works-with-mode-1777', addTwoNumbers);
claim('worker-ends-with-code-1', addTwoNumbers);
claim('old-worker-ends-with-code-0', addTwoNumbers);
claim('task-stays-in-the-queue', watchTheTask);
claim('solo-works', addTwoNumbers);
claim('threads-work', addTwoNumbers);
claim('gevent-works', addTwoNumbers);
claim('eventlet-works', addTwoNumbers);

claim('prefork-fails-in-a-container', addTwoNumbers);
claim('prefork-works-in-a-container-with-mode-1777', addTwoNumbers);
claim('solo-works-in-a-container', addTwoNumbers);
claim('threads-work-in-a-container', addTwoNumbers);

claim('prefork-fails-when-it-is-full', addTwoNumbers);
claim('solo-works-when-it-is-full', addTwoNumbers);
claim('prefork-fails-without-it', addTwoNumbers);

/** How long a result is awaited from a worker that has already ended. */
const inVainMs = 1_000;

async function addTwoNumbers(run: Run): ReturnType<Run['submit']> {
  await using worker = await run.worker();
  notePool(run, worker);
  const { exit } = worker;
  run.fact(
    'worker said ready',
    worker.lines.some((line) => line.includes(' ready.')),
  );
  run.fact('exit code', exit?.code ?? 'none');
  return await run.submit('tasks.add', [3, 1], {
    expect: 4,
    ...(exit && { deadlineMs: inVainMs }),
  });
}

async function watchTheTask(run: Run): Promise<void> {
  await noteWhoHoldsTheTask(run, await addTwoNumbers(run));
}
