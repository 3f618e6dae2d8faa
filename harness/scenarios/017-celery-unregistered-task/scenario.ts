import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('forgotten-task-fails', (run) => double(run, { INCLUDE: '' }));
claim('included-task-works', (run) => double(run, { INCLUDE: 'more_tasks' }));
claim('option-include-works', (run) => double(run, {}, ['-I', 'more_tasks']));
claim('moved-task-fails', (run) => double(run, { INCLUDE: 'moved_tasks' }));
claim('task-with-its-old-name-works', (run) =>
  double(run, { INCLUDE: 'moved_tasks', NAME: 'more_tasks.double' }),
);
claim('task-is-gone', async (run) => {
  {
    await using _forgets = await run.worker({ env: { ACKS_LATE: 'yes' }, name: 'forgets' });
    await run.submit('more_tasks.double', [4], { expect: 8 });
  }
  await using knows = await run.worker({ env: { INCLUDE: 'more_tasks' }, name: 'knows' });
  run.fact('done later', !(await run.never(() => run.count('received', [knows]) > 0, 2_000)));
});
claim('old-worker-takes-its-share', async (run) => {
  await using _old = await run.worker({ env: { INCLUDE: '' }, name: 'old' });
  await using _fresh = await run.worker({ env: { INCLUDE: 'more_tasks' }, name: 'fresh' });
  await run.submitBy('send_forty.py', { job: '40 tasks', expect: 40 });
});
claim('two-new-workers-work', async (run) => {
  await using _one = await run.worker({ env: { INCLUDE: 'more_tasks' }, name: 'one' });
  await using _two = await run.worker({ env: { INCLUDE: 'more_tasks' }, name: 'two' });
  await run.submitBy('send_forty.py', { job: '40 tasks', expect: 40 });
});

async function double(
  run: Run,
  env: Record<string, string>,
  args: readonly string[] = [],
): Promise<void> {
  await using worker = await run.worker({ env, args });
  await run.factsFrom(await run.actor('registered.py'));
  await run.submit('more_tasks.double', [4], { expect: 8 });
  run.fact('worker still runs', worker.exit === undefined);
}
