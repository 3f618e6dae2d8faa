import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('one-of-two-is-heard', (run) => twoWorkers(run, ['same', 'same']));
claim('own-names-work', (run) => twoWorkers(run, ['one', 'other']));
claim('tasks-are-done-all-the-same', async (run) => {
  await using _one = await run.worker({ name: 'same' });
  await using _other = await run.worker({ name: 'same' });
  for (const number of [1, 2, 3, 4]) {
    await run.submit('tasks.double', [number], { expect: 2 * number });
  }
});
claim('third-worker-warns', async (run) => {
  await using _one = await run.worker({ name: 'same' });
  await using _other = await run.worker({ name: 'same' });
  await using third = await run.worker({ name: 'third' });
  run.fact('the third warned', run.count('DuplicateNodenameWarning', [third]) > 0);
  await countNodes(run, 3);
});

async function twoWorkers(run: Run, [first, second]: [string, string]): Promise<void> {
  await using _one = await run.worker({ name: first });
  await using _other = await run.worker({ name: second });
  await countNodes(run, 2);
}

async function countNodes(run: Run, expect: number): Promise<void> {
  const { result } = await run.submitBy('count_nodes.py', { job: 'count of nodes', expect });
  run.fact('nodes heard', typeof result === 'number' ? result : -1);
}
