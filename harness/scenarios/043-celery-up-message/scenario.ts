import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

const timedOut = 'Timed out waiting for UP message';
/** Longer than the 4 s that Celery grants. */
const slow = { START_SECONDS: '6' };

claim('replaced-child-is-killed', (run) => twoTasks(run, slow));
claim('longer-timeout-works', (run) => twoTasks(run, { ...slow, ALIVE_TIMEOUT: '30' }));
claim('fast-start-works', (run) => twoTasks(run, { START_SECONDS: '0' }));
claim('children-that-are-kept-work', (run) => twoTasks(run, { ...slow, TASKS_PER_CHILD: '100' }));

/** The first task is done by a child of the worker's start, the second by the child that replaces it. */
async function twoTasks(run: Run, env: Record<string, string>): Promise<void> {
  await using worker = await run.worker({ env, concurrency: 1 });
  const first = await run.submit('tasks.double', [1], { expect: 2 });
  run.fact('first task done', first.state === 'completed');
  await run.submit('tasks.double', [2], {
    expect: 4,
    giveUp: () =>
      run.count(timedOut, [worker]) >= 3 ? 'three children had been killed' : undefined,
  });
  run.facts({
    'children killed': run.count(timedOut, [worker]),
    'exited with signal 9': run.count(/exited with 'signal 9 \(SIGKILL\)'/, [worker]) > 0,
    'worker still runs': worker.exit === undefined,
  });
}
