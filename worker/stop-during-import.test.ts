import path from 'node:path';
import { execa } from 'execa';
import pWaitFor from 'p-wait-for';
import { expect, onTestFinished, test } from 'vitest';
import { projectRoot } from '../catalog/project.ts';
import { brokerAt } from './broker/broker.ts';
import { readImport } from './import/import-record.ts';
import { startLiveWorker } from './live-worker.ts';
import { workerPools } from './pools/choose-pool.ts';
import { readPositions } from './positions/read-positions.ts';
import { enqueueImport, importsQueue } from './queue/import-job.ts';
import { cancelDeadlineMs, closeDeadlineMs } from './settings.ts';
import { useDatabase } from './testing/database.ts';
import { makeFaulty, makeSound } from './testing/faulty-database.ts';
import { whyNoSignals } from './testing/signals.ts';
import { stageRows } from './testing/stage-text.ts';

const program = path.join(projectRoot, 'cli', 'poolproof.mjs');
const context = useDatabase();
const deadline = { interval: 50, timeout: 30_000 };

function startWorker(pool: string) {
  const args = [program, 'worker', '--pool', pool, '--concurrency', '1'];
  const worker = execa(process.execPath, args, {
    env: { DATABASE_URL: context.url },
    reject: false,
    // Execa would kill what takes longer than five seconds to stop.
    forceKillAfterDelay: false,
  });
  onTestFinished(() => void worker.kill('SIGKILL'));
  return worker;
}

test('a worker that is asked to stop gives back what takes too long, in every pool', async ({
  skip,
}) => {
  if (whyNoSignals !== undefined) skip(whyNoSignals);
  await makeFaulty(context.database);
  await using open = brokerAt(context.url).openQueue(importsQueue, () => undefined);
  const isRunning = async (id: string) =>
    (await readImport(context.database, id))?.state === 'running';
  // One after the other each gets the one import that is there, and all are stopped at once.
  const stops = [];
  for (const pool of workerPools) {
    const id = await stageRows(
      context.database,
      pool,
      '2026-01-02,ABC,buy,10,100,5,EUR',
      '2026-01-03,SLOW,buy,10,100,5,EUR',
    );
    await enqueueImport(open.queue, id);
    const worker = startWorker(pool);
    await pWaitFor(() => isRunning(id), deadline);
    stops.push({ pool, id, worker });
  }
  await Promise.all(
    stops.map(async ({ pool, id, worker }) => {
      const asked = performance.now();
      // eslint-disable-next-line portable/no-signal -- skipped where there are none
      worker.kill('SIGTERM');
      const { exitCode } = await worker;
      const tookMs = performance.now() - asked;
      expect([pool, exitCode]).toEqual([pool, 0]);
      expect(tookMs).toBeGreaterThan(closeDeadlineMs - 1000);
      expect(tookMs).toBeLessThan(closeDeadlineMs + cancelDeadlineMs);
      expect(await readImport(context.database, id)).toMatchObject({
        state: 'waiting',
        attempts: 0,
      });
      expect(await readPositions(context.database, pool)).toEqual([]);
    }),
  );
  await makeSound(context.database);
  await using next = await startLiveWorker({
    brokerUrl: context.url,
    databaseUrl: context.url,
    pool: 'solo',
    writeups: [],
    onError: () => undefined,
  });
  expect(next.pool).toBe('solo');
  for (const { pool, id } of stops) {
    await pWaitFor(
      async () => (await readImport(context.database, id))?.state === 'done',
      deadline,
    );
    expect(await readPositions(context.database, pool)).toHaveLength(2);
  }
});
