import waitFor from 'p-wait-for';
import type { Run } from '../../scenario/run.ts';
import { startImports, type Imports } from './imports.ts';

const soon = { interval: 5, timeout: 20_000 };

/** Imports with a broker that works, once the server has found it. */
export async function importQueued(run: Run): Promise<void> {
  await using imports = await startImports(run);
  await importUntilQueued(imports, 'before');
  await imports.over(await imports.postAndNote('once'));
  for (const portfolio of ['before', 'once']) await imports.count(portfolio);
}

/** Imports where no broker is. */
export async function importWithoutBroker(run: Run): Promise<void> {
  await using imports = await startImports(run);
  await imports.postAndNote('once');
  await imports.count('once');
}

/** Imports with a broker that works, while it does not, and once it works again. */
export async function importThroughFault(run: Run, fault: 'down' | 'oom'): Promise<void> {
  await using imports = await startImports(run);
  await importUntilQueued(imports, 'before');
  await run.broker.break(fault);
  await imports.postAndNote('during');
  await run.broker.restore();
  await importUntilQueued(imports, 'after');
  for (const portfolio of ['before', 'during', 'after']) await imports.count(portfolio);
}

/** Starts with a broker that never answers: a connection made before would notice that it is gone. */
export async function importInSilence(run: Run): Promise<void> {
  await run.broker.break('silent');
  await using imports = await startImports(run);
  await imports.postAndNote('during');
  await run.broker.restore();
  await importUntilQueued(imports, 'after');
  for (const portfolio of ['during', 'after']) await imports.count(portfolio);
}

/** The broker has the job, and goes down before it says so. */
export async function importWhileBrokerDies(run: Run): Promise<void> {
  await using imports = await startImports(run);
  await importUntilQueued(imports, 'before');
  await run.redis.client('PAUSE', 60_000, 'WRITE');
  const during = imports.postAndNote('during');
  await waitFor(async () => /^blocked_clients:[1-9]/m.test(await run.redis.info('clients')), soon);
  await run.broker.break('down');
  await during;
  await run.broker.restore();
  await importUntilQueued(imports, 'after');
  for (const portfolio of ['before', 'during', 'after']) await imports.count(portfolio);
}

/** The broker has the job, and says so when the import has long been run. */
export async function importQueuedLate(run: Run): Promise<void> {
  await using imports = await startImports(run);
  await importUntilQueued(imports, 'before');
  await run.redis.client('PAUSE', 60_000, 'WRITE');
  const id = await imports.postAndNote('during');
  await run.redis.client('UNPAUSE');
  const isDone = async () =>
    (await run.redis.hexists(`poolproof:imports:${id}`, 'finishedOn')) === 1;
  await waitFor(isDone, soon);
  for (const portfolio of ['before', 'during']) await imports.count(portfolio);
}

/** Sends the same file until the broker takes it: however often, it must count once. */
async function importUntilQueued(imports: Imports, portfolio: string): Promise<void> {
  await waitFor(
    async () => {
      const { mode, import: id } = await imports.post(portfolio);
      await imports.over(id);
      return mode === 'queued';
    },
    { interval: 200, timeout: 30_000 },
  );
}
