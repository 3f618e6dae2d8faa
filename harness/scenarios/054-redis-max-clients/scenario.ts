import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

claim('too-many-workers-fail', (run) => double(run, {}));
claim('one-client-for-all-works', (run) => double(run, { SHARED: 'yes' }));
claim('worker-takes-two-connections', (run) => countConnections(run, {}));
claim('sharing-worker-takes-one-connection', (run) => countConnections(run, { SHARED: 'yes' }));
claim('raised-limit-lets-them-in', async (run) => {
  await using workers = await start(run, 8, {});
  // By the server's count: a client that is refused connects again, and does not always say why.
  await run.until(async () => (await rejected(run)) > 0);
  await run.redis.config('SET', 'maxclients', '100');
  // ioredis waits up to 20 s before it connects again, and BullMQ 15 s before it fetches again.
  await workers.printed('ready', { times: 8, deadlineMs: 90_000 });
  run.fact('was refused', (await rejected(run)) > 0);
  await run.submit('numbers-7.double', [2], { expect: 4 });
});
claim('celery-is-refused', async (run) => {
  await using _full = await run.broken('max-clients');
  await using worker = await run.worker({ deadlineMs: 3_000 });
  await run.submit('tasks.double', [2], { expect: 4, deadlineMs: 3_000 });
  run.fact('worker still runs', worker.exit === undefined);
});
claim('celery-works-below-the-limit', async (run) => {
  await using _worker = await run.worker();
  await run.submit('tasks.double', [2], { expect: 4 });
});

/** Starts eight workers, and has the last one do a job. */
async function double(run: Run, env: Record<string, string>): Promise<void> {
  await using workers = await start(run, 8, env);
  await run.until(() => ready(run, workers) === 8 || run.count('Worker error', [workers]) > 0);
  await run.submit('numbers-7.double', [2], { expect: 4, deadlineMs: 3_000 });
  run.fact('rejected connections', await rejected(run));
  run.fact('workers ready', ready(run, workers));
}

/** Notes how many connections six workers take, once one of them has done a job. */
async function countConnections(run: Run, env: Record<string, string>): Promise<void> {
  await using workers = await start(run, 6, env);
  await workers.printed('ready', { times: 6 });
  await run.submit('numbers-5.double', [2], { expect: 4 });
  const told = async () => /connected_clients:(\d+)/.exec(await run.redis.info('clients'))?.[1];
  // Those of the client that sent the job go with it; the last one is the one that looks.
  const connections = async () => Number(await told()) - 1;
  const wanted = env.SHARED ? 7 : 12;
  await run.until(async () => (await connections()) === wanted, { deadlineMs: 5_000 });
  run.fact('connections of six workers', await connections());
}

async function start(run: Run, workers: number, env: Record<string, string>): Promise<Actor> {
  // The connection that looks into the broker has to be there first.
  await run.redis.ping();
  return run.actor('workers.mjs', { env: { WORKERS: `${workers}`, ...env } });
}

/** How many connections the server has refused so far. */
async function rejected(run: Run): Promise<number> {
  return Number(/rejected_connections:(\d+)/.exec(await run.redis.info('stats'))?.[1]);
}

function ready(run: Run, workers: Actor): number {
  return run.count('ready', [workers]);
}
