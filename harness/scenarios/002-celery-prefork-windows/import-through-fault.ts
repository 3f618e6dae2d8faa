import waitFor from 'p-wait-for';
import type { BrokerFault, Run } from '../../scenario/run.ts';
import { startImports, type Imports } from './imports.ts';

const soon = { interval: 5, timeout: 20_000 };

/** Imports with a broker that works, while it does not, and once it works again. */
export async function importThroughFault(run: Run, fault: BrokerFault): Promise<void> {
  await using imports = await startImports(run);
  await importBefore(run, imports);
  await run.breakBroker(fault);
  await imports.postAndNote('during');
  await run.mendBroker();
  await importAfter(imports);
  for (const portfolio of ['before', 'during', 'after']) await imports.count(portfolio);
}

/** Starts with a broker that never answers: a connection made before would notice that it is gone. */
export async function importInSilence(run: Run): Promise<void> {
  await run.breakBroker('silent');
  await using imports = await startImports(run);
  await imports.postAndNote('during');
  await run.mendBroker();
  await importAfter(imports);
  for (const portfolio of ['during', 'after']) await imports.count(portfolio);
}

/** The broker has the job, and goes down before it says so. */
export async function importWhileBrokerDies(run: Run): Promise<void> {
  await using imports = await startImports(run);
  await importBefore(run, imports);
  await run.redis.client('PAUSE', 60_000, 'WRITE');
  const during = imports.postAndNote('during');
  await waitFor(async () => /^blocked_clients:[1-9]/m.test(await run.redis.info('clients')), soon);
  await run.breakBroker('down');
  await during;
  await run.mendBroker();
  await importAfter(imports);
  for (const portfolio of ['before', 'during', 'after']) await imports.count(portfolio);
}

/** The broker has the job, and says so when the import has long been run. */
export async function importQueuedLate(run: Run): Promise<void> {
  await using imports = await startImports(run);
  await importBefore(run, imports);
  await run.redis.client('PAUSE', 60_000, 'WRITE');
  const id = await imports.postAndNote('during');
  await run.redis.client('UNPAUSE');
  const isDone = async () => (await run.redis.hexists(`bull:imports:${id}`, 'finishedOn')) === 1;
  await waitFor(isDone, soon);
  for (const portfolio of ['before', 'during']) await imports.count(portfolio);
}

async function importBefore(run: Run, imports: Imports): Promise<void> {
  const { mode, import: id } = await imports.post('before');
  run.fact('mode before', mode);
  await imports.over(id);
}

/** Sends the same file until the broker is found again: however often, it must count once. */
async function importAfter(imports: Imports): Promise<void> {
  await waitFor(
    async () => {
      const { mode, import: id } = await imports.post('after');
      await imports.over(id);
      return mode === 'queued';
    },
    { interval: 200, timeout: 30_000 },
  );
}
