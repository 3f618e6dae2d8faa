import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

claim('client-fails', (run) => double(run, 'a client', {}));
claim('text-null-fails', (run) => double(run, 'a client', { maxRetriesPerRequest: 'null' }));
claim('client-before-5-warns', (run) => double(run, 'a client', {}));
claim('plain-options-are-overridden', (run) =>
  double(run, 'plain options', { maxRetriesPerRequest: 20 }),
);
claim('null-works', (run) => double(run, 'a client', { maxRetriesPerRequest: null }));
claim('duplicate-works', (run) => double(run, 'its duplicate', {}));
claim('queue-events-fail', async (run) => {
  await using worker = await start(run, 'a client', { maxRetriesPerRequest: null });
  await using listener = await run.actor('listen.mjs', { until: 'ready' });
  await submit(run, worker);
  run.fact('listener still runs', listener.exit === undefined);
});
claim('queue-takes-any-client', async (run) => {
  await using _ = await start(run, 'a client', { maxRetriesPerRequest: null });
  await run.submitBy('add.mjs', { job: 'numbers.double(2)', expect: 4 });
});

type Retries = Record<string, string | number | null>;

async function double(run: Run, connection: string, retries: Retries): Promise<void> {
  await using worker = await start(run, connection, retries);
  await submit(run, worker);
  run.fact('worker still runs', worker.exit === undefined);
  run.fact('warned', run.count('WARNING', [worker]) > 0);
}

function start(run: Run, connection: string, retries: Retries): Promise<Actor> {
  const env = { CONNECTION: connection, RETRIES: JSON.stringify(retries) };
  return run.worker({ env });
}

async function submit(run: Run, worker: Actor): Promise<void> {
  const giveUp = () => (worker.exit ? 'the worker had ended' : undefined);
  await run.submit('numbers.double', [2], { expect: 4, giveUp });
}
