import path from 'node:path';
import type { Job } from 'bullmq';
import pWaitFor from 'p-wait-for';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { brokerAt } from './broker/broker.ts';
import { readImport } from './import/import-record.ts';
import { runImport } from './import/run-import.ts';
import { stageImport } from './import/stage-import.ts';
import { startLiveWorker } from './live-worker.ts';
import { workerPools } from './pools/choose-pool.ts';
import { readPositions } from './positions/read-positions.ts';
import { enqueueImport, importsQueue } from './queue/import-job.ts';
import { useDatabase } from './testing/database.ts';
import { inBytes } from './testing/text.ts';

const header = 'date,symbol,side,quantity,price,fees,currency\n';
const file = `${header}2026-01-02,ABC,buy,10,100,5,EUR\n`;
const context = useDatabase();
const deadline = { interval: 50, timeout: 20_000 };

function openQueue() {
  return brokerAt(context.url).openQueue(importsQueue, () => undefined);
}

const optionsOf = () => ({
  brokerUrl: context.url,
  databaseUrl: context.url,
  writeups: [],
  onError: () => undefined,
});

async function stage(portfolio: string, content: string): Promise<string> {
  return stageImport(context.database, {
    portfolio,
    onBadRow: 'reject',
    content: inBytes(content, 4096),
  });
}

test.for(workerPools)(
  'the %s pool imports, and fails what is rejected with its lines',
  async (pool) => {
    await using open = openQueue();
    const good = await stage(pool, file);
    // Of a portfolio of its own: what comes first runs what was accepted before it.
    const bad = await stage(`${pool}-bad`, `${file}yesterday,ABC,buy,1,1,0,EUR\n`);
    for (const id of [good, bad]) await enqueueImport(open.queue, id);
    await using worker = await startLiveWorker({ ...optionsOf(), pool });
    expect(worker.pool).toBe(pool);
    const jobOf = async (id: string) => (await open.queue.getJob(id)) as Job | undefined;
    await pWaitFor(async () => (await jobOf(good))?.finishedOn !== undefined, deadline);
    await pWaitFor(async () => (await jobOf(bad))?.finishedOn !== undefined, deadline);
    expect((await jobOf(good))?.returnvalue).toEqual({
      rows: 1,
      imported: 1,
      skipped: 0,
      duplicateOf: null,
    });
    expect((await jobOf(good))?.progress).toEqual({
      rows: 1,
      bytes: file.length,
      totalBytes: file.length,
    });
    expect((await jobOf(bad))?.failedReason).toBe(
      'line 3: date: expected a date such as 2026-01-31, got "yesterday"',
    );
    expect(await readPositions(context.database, pool)).toMatchObject([{ quantity: '10' }]);
  },
);

test('a worker killed in the middle of an import leaves nothing, and the next one finishes it', async () => {
  const rows = Array.from({ length: 50_000 }, (_, row) => `2026-01-02,S${row % 9},buy,1,1,0,EUR\n`);
  const id = await stage('killed', header + rows.join(''));
  await using open = openQueue();
  await enqueueImport(open.queue, id);
  const program = path.join(import.meta.dirname, 'testing', 'worker-program.ts');
  const victim = execa(process.execPath, [program, context.url], { reject: false });
  onTestFinished(() => void victim.kill('SIGKILL'));
  await pWaitFor(async () => {
    const { progress } = ((await open.queue.getJob(id)) ?? {}) as Partial<Job>;
    return typeof progress === 'object' && 'rows' in progress;
  }, deadline);
  victim.kill('SIGKILL');
  await victim;
  expect(await readImport(context.database, id)).toMatchObject({ state: 'running' });
  expect(await readPositions(context.database, 'killed')).toEqual([]);

  // BullMQ gives the job to another worker when its lock runs out, after half a minute; upkeep sees
  // before that nobody is at work.
  await using next = await startLiveWorker({ ...optionsOf(), pool: 'solo' });
  expect(next.pool).toBe('solo');
  await pWaitFor(async () => (await readImport(context.database, id))?.state === 'done', deadline);
  const record = await readImport(context.database, id);
  expect(record).toMatchObject({ imported: 50_000, attempts: 1 });
  expect(await runImport(context.database, id)).toEqual(record);
});

test('an import whose job was lost is queued by the next worker', async () => {
  const id = await stage('lost', file);
  await context.database.pool.query(
    `update poolproof.imports set created_at = now() - interval '2 minutes' where id = $1`,
    [id],
  );
  await using worker = await startLiveWorker({ ...optionsOf(), pool: 'solo' });
  expect(worker.concurrency).toBe(1);
  await pWaitFor(async () => (await readImport(context.database, id))?.state === 'done', deadline);
});
