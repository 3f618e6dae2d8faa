import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

claim('each-job-leaves-a-process', (run) => addSix(run, 'file'));
claim('each-attempt-leaves-a-process', async (run) => {
  await using worker = await start(run, 'file');
  await run.submit('numbers.double', [1], { options: { attempts: 6 }, expect: 2 });
  await count(run, worker);
});
claim('error-in-the-function-leaves-none', (run) => addSix(run, 'function'));
claim('valid-file-leaves-none', (run) => addSix(run, 'nothing'));
claim('fixed-version-leaves-none', (run) => addSix(run, 'file'));

/** Six jobs, one after the other. */
async function addSix(run: Run, faulty: string): Promise<void> {
  await using worker = await start(run, faulty);
  for (const number of [1, 2, 3, 4, 5, 6])
    await run.submit('numbers.double', [number], { expect: 2 * number });
  await count(run, worker);
}

function start(run: Run, faulty: string): Promise<Actor> {
  return run.worker({ env: { FAULTY: faulty } });
}

async function count(run: Run, worker: Actor): Promise<void> {
  await worker.tell('count');
  run.fact('processes', Number(await worker.json('processes')));
}
