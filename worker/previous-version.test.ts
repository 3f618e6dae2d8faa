import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import pWaitFor from 'p-wait-for';
import { expect, test } from 'vitest';
import { openDatabase } from './database/open.ts';
import { createSchema } from './database/schema.ts';
import { readImport } from './import/import-record.ts';
import { startLiveWorker } from './live-worker.ts';
import { startEmbeddedPostgres } from './postgres/embedded.ts';
import { readPositions } from './positions/read-positions.ts';
import { startRedis, whyNoRedis } from './testing/redis.ts';
import { stageRows } from './testing/stage-text.ts';

const noRedis = await whyNoRedis();
const deadline = { interval: 50, timeout: 30_000 };
const bought = '2026-01-02,ABC,buy,10,100,5,EUR';

/** What the first version's tables have not: taking it away makes a database of that version. */
const asBefore = `
  drop table poolproof.schema_version;
  alter table poolproof.imports drop constraint imports_state_check;
  alter table poolproof.imports add constraint imports_state_check
    check (state in ('waiting', 'done', 'rejected'));
  drop index poolproof.open_imports, poolproof.imports_of_portfolio, poolproof.imports_in_order;
  create index waiting_imports on poolproof.imports (created_at) where state = 'waiting';
  alter table poolproof.imports drop column attempts, drop column not_before, drop column reason,
    drop column carried, drop column carried_at, drop column lost, drop column runner,
    drop column running_since, drop column server_start, drop column closed_at,
    drop column progress;`;

test.skipIf(noRedis)(
  `imports that a worker of the first version left are carried on, and other people’s jobs are not touched${noRedis ? `: ${noRedis}` : ''}`,
  async () => {
    await using postgres = await startEmbeddedPostgres();
    await using database = openDatabase(postgres.url);
    await using redis = await startRedis();
    await createSchema(database);
    const waiting = await stageRows(database, 'before', bought);
    const rejected = await stageRows(database, 'before', '2026-01-01,ABC,sell,99,1,0,EUR');
    await database.pool.query(
      `update poolproof.imports set state = 'rejected', finished_at = now(),
         bad_rows = '[{"line": 2, "reason": "too many"}]', bad_row_count = 1 where id = $1`,
      [rejected],
    );
    await database.pool.query(asBefore);

    const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
    // Prefix and name of the first version, and of many an application.
    const former = new Queue('imports', { connection });
    await former.add('import', { import: waiting }, { jobId: waiting });
    const { id: strange = '' } = await former.add('image', { width: 7 });
    const { id: failed = '' } = await former.add('image', { width: 8 }, { delay: 3_600_000 });

    {
      await using worker = await startLiveWorker({
        brokerUrl: redis.url,
        databaseUrl: postgres.url,
        pool: 'solo',
        writeups: [],
        onError: () => undefined,
      });
      expect(worker.pool).toBe('solo');
      const stateOf = async (id: string) => (await readImport(database, id))?.state;
      await pWaitFor(async () => (await stateOf(waiting)) === 'done', deadline);
      expect(await readPositions(database, 'before')).toMatchObject([{ quantity: '10' }]);
      expect(await readImport(database, rejected)).toMatchObject({
        state: 'rejected',
        badRows: [{ line: 2, reason: 'too many' }],
        attempts: 0,
      });
    }
    expect(await former.getJobState(strange)).toBe('waiting');
    expect(await former.getJobState(failed)).toBe('delayed');
    await former.close();
    connection.disconnect();
  },
);
