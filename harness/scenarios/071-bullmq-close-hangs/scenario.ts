import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

claim('never-reached-hangs', (run) => closeUnreached(run));
claim('never-reached-closes-in-5', (run) => closeUnreached(run));
claim('closes-and-does-not-end', (run) => closeUnreached(run));
claim('force-helps', (run) => closeUnreached(run, 'forced'));
claim('deadline-ends-it', (run) => closeUnreached(run, 'with a deadline'));
claim('lost-hangs', (run) => closeLost(run));
claim('deadline-ends-it-when-lost', (run) => closeLost(run, 'with a deadline'));
claim('lost-closes-once-redis-is-back', async (run) => {
  await using worker = await start(run, 'plain');
  await worker.printed('ready');
  const broken = await run.broken('down');
  await worker.printed('ECONNREFUSED');
  await askToClose(worker);
  await run.never(() => worker.exit !== undefined, 1_000);
  await broken[Symbol.asyncDispose]();
  await look(run, worker);
});
claim('closes-once-redis-is-back', async (run) => {
  const broken = await run.broken('down');
  await using worker = await start(run, 'plain');
  await worker.printed('ECONNREFUSED');
  await askToClose(worker);
  await broken[Symbol.asyncDispose]();
  await look(run, worker);
});
claim('reachable-closes', async (run) => {
  await using worker = await start(run, 'plain');
  await worker.printed('ready');
  await askToClose(worker);
  await look(run, worker);
});

/** Asks a worker to end that has not reached Redis yet. */
async function closeUnreached(run: Run, how = 'plain'): Promise<void> {
  await using _ = await run.broken('down');
  await using worker = await start(run, how);
  await worker.printed('ECONNREFUSED');
  await askToClose(worker);
  await look(run, worker);
}

/** Asks a worker to end whose Redis has gone away. */
async function closeLost(run: Run, how = 'plain'): Promise<void> {
  await using worker = await start(run, how);
  await worker.printed('ready');
  await run.submit('numbers.double', [2], { expect: 4 });
  await using _ = await run.broken('down');
  await worker.printed('ECONNREFUSED');
  await askToClose(worker);
  await look(run, worker);
}

function start(run: Run, how: string): Promise<Actor> {
  return run.actor('worker.mjs', { env: { HOW: how } });
}

async function askToClose(worker: Actor): Promise<void> {
  await worker.signal('SIGTERM');
  await worker.printed('closing');
}

/** Waits for a worker to close and for its process to end, each for some seconds. */
async function look(run: Run, worker: Actor): Promise<void> {
  run.fact('closed', await worker.printed('closed', 5_000));
  const ended = (await worker.ended(6_000)) !== undefined;
  const state = ended
    ? ({ state: 'completed', result: 'ended' } as const)
    : ({ state: 'pending' } as const);
  run.job({ name: 'end of the process', expected: 'ended', ...state });
}
