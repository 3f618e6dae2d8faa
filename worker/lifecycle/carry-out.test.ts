import pWaitFor from 'p-wait-for';
import { beforeAll, describe, expect, test } from 'vitest';
import { readImport } from '../import/import-record.ts';
import { readPositions } from '../positions/read-positions.ts';
import { useDatabase } from '../testing/database.ts';
import { makeFaulty } from '../testing/faulty-database.ts';
import { stageRows } from '../testing/stage-text.ts';
import { carryOut } from './carry-out.ts';
import { cancelImport, reopenImport } from './reopen.ts';

const context = useDatabase();
const deadline = { interval: 20, timeout: 20_000 };
beforeAll(() => makeFaulty(context.database));

const stage = (portfolio: string, ...rows: string[]) =>
  stageRows(context.database, portfolio, ...rows);
const carry = (id: string) => carryOut(context.database, id);
const read = (id: string) => readImport(context.database, id);
const isRunning = async (id: string) => (await read(id))?.state === 'running';

async function quantity(portfolio: string): Promise<string | undefined> {
  return (await readPositions(context.database, portfolio))[0]?.quantity;
}

/** Lets the time pass that an import waits for its next try. */
async function skipDelay(id: string): Promise<void> {
  await context.database.pool.query(
    'update poolproof.imports set not_before = null where id = $1',
    [id],
  );
}

describe('imports of one portfolio', () => {
  const trades = [
    '2026-01-02,ABC,buy,10,100,0,EUR',
    '2026-01-03,ABC,sell,10,100,0,EUR',
    '2026-01-04,ABC,buy,3,100,0,EUR',
    '2026-01-05,ABC,sell,2,100,0,EUR',
  ];

  test('run in the order of their acceptance, whichever is carried first', async () => {
    const ids: string[] = [];
    for (const row of trades) ids.push(await stage('last-first', row));
    expect(await carry(ids.at(-1) ?? '')).toMatchObject({ over: true, record: { state: 'done' } });
    for (const id of ids) expect(await read(id)).toMatchObject({ state: 'done', attempts: 0 });
    expect(await quantity('last-first')).toBe('1');
  });

  test('run in that order when all are carried at once', async () => {
    const ids: string[] = [];
    for (const row of trades) ids.push(await stage('at-once', row));
    const end = async (id: string) => (await carry(id)).over;
    await Promise.all(ids.toReversed().map((id) => pWaitFor(() => end(id), deadline)));
    for (const id of ids) expect(await read(id)).toMatchObject({ state: 'done' });
    expect(await quantity('at-once')).toBe('1');
  });

  test('wait for the next try of the one before them', async () => {
    const first = await stage('behind', '2026-01-02,SHAKY,buy,1,1,0,EUR');
    const second = await stage('behind', trades[0] ?? '');
    const carried = await carry(second);
    expect(carried).toMatchObject({ over: false, why: 'try 1 failed: shaken' });
    expect(await read(first)).toMatchObject({ state: 'waiting', attempts: 1, reason: 'shaken' });
    expect(await read(second)).toMatchObject({ state: 'waiting', attempts: 0 });
  });

  test('wait while one of them runs, and those of others do not', async () => {
    const slow = await stage('slow', '2026-01-02,SLOW,buy,1,1,0,EUR');
    const next = await stage('slow', trades[0] ?? '');
    const controller = new AbortController();
    const running = carryOut(context.database, slow, { signal: controller.signal });
    await pWaitFor(() => isRunning(slow), deadline);
    expect(await carry(next)).toMatchObject({ over: false });
    expect(await carry(await stage('other', trades[0] ?? ''))).toMatchObject({ over: true });
    controller.abort(new Error('given back'));
    await expect(running).rejects.toThrow('given back');
  });
});

describe('a try', () => {
  test('that is given back leaves nothing and is no attempt', async () => {
    const id = await stage('back', '2026-01-02,ABC,buy,1,1,0,EUR', '2026-01-02,SLOW,buy,1,1,0,EUR');
    const controller = new AbortController();
    const running = carryOut(context.database, id, { signal: controller.signal });
    await pWaitFor(() => isRunning(id), deadline);
    controller.abort(new Error('given back'));
    await expect(running).rejects.toThrow('given back');
    expect(await read(id)).toMatchObject({ state: 'waiting', attempts: 0 });
    expect(await readPositions(context.database, 'back')).toEqual([]);
  });

  test('that meets an outage is no attempt', async () => {
    const id = await stage('outage', '2026-01-02,OUTAGE,buy,1,1,0,EUR');
    for (let round = 0; round < 7; round++) {
      await expect(carry(id)).rejects.toThrow('shutting down');
      expect(await read(id)).toMatchObject({ state: 'waiting', attempts: 0 });
    }
  });

  test('that the data make impossible is the only one', async () => {
    const id = await stage('poison', '2026-01-02,POISON,buy,1,1,0,EUR');
    expect(await carry(id)).toMatchObject({
      record: { state: 'failed', attempts: 1, reason: 'no such character' },
    });
    expect(await carry(await stage('poison', '2026-01-02,ABC,buy,1,1,0,EUR'))).toMatchObject({
      record: { state: 'done' },
    });
  });

  test('that fails is followed by four more, and then the import has failed', async () => {
    const id = await stage('shaky', '2026-01-02,SHAKY,buy,1,1,0,EUR');
    for (let attempt = 1; attempt < 5; attempt++) {
      expect(await carry(id)).toMatchObject({ over: false });
      expect(await carry(id)).toMatchObject({ over: false });
      expect(await read(id)).toMatchObject({ attempts: attempt });
      await skipDelay(id);
    }
    expect(await carry(id)).toMatchObject({
      over: true,
      record: { state: 'failed', attempts: 5, reason: 'shaken' },
    });
    expect(await carry(id)).toMatchObject({ over: true });
  });

  test('whose process ends counts, and after five the import has failed', async () => {
    const id = await stage('dying', '2026-01-02,ABC,buy,1,1,0,EUR');
    const die = () =>
      context.database.pool.query(
        `update poolproof.imports set state = 'running', attempts = $2,
           server_start = pg_postmaster_start_time() where id = $1`,
        [id, 3],
      );
    await die();
    expect(await carry(id)).toMatchObject({ record: { state: 'done', attempts: 4 } });

    const other = await stage('dying', '2026-01-03,ABC,buy,1,1,0,EUR');
    await context.database.pool.query(
      `update poolproof.imports set state = 'running', attempts = 4,
         server_start = pg_postmaster_start_time() where id = $1`,
      [other],
    );
    expect(await carry(other)).toMatchObject({
      record: { state: 'failed', reason: 'The process that ran it ended, 5 times over.' },
    });
  });

  test('whose server was started anew does not count', async () => {
    const id = await stage('anew', '2026-01-02,ABC,buy,1,1,0,EUR');
    await context.database.pool.query(
      `update poolproof.imports set state = 'running', attempts = 4,
         server_start = pg_postmaster_start_time() - interval '1 minute' where id = $1`,
      [id],
    );
    expect(await carry(id)).toMatchObject({ record: { state: 'done', attempts: 4 } });
  });
});

describe('cancelling', () => {
  test('stops an import that runs, and leaves nothing of it', async () => {
    const id = await stage('stop', '2026-01-02,ABC,buy,1,1,0,EUR', '2026-01-02,SLOW,buy,1,1,0,EUR');
    const running = carry(id).catch((error: unknown) => error);
    await pWaitFor(() => isRunning(id), deadline);
    expect(await cancelImport(context.database, id)).toBe(true);
    await running;
    expect(await read(id)).toMatchObject({ state: 'cancelled' });
    expect(await readPositions(context.database, 'stop')).toEqual([]);
    expect(await carry(id)).toMatchObject({ over: true, record: { state: 'cancelled' } });
    expect(await cancelImport(context.database, id)).toBe(false);
  });

  test('lets the next one of the portfolio run, and can be taken back', async () => {
    const id = await stage('back-again', '2026-01-02,ABC,buy,1,1,0,EUR');
    expect(await cancelImport(context.database, id)).toBe(true);
    const next = await stage('back-again', '2026-01-03,ABC,buy,2,1,0,EUR');
    expect(await carry(next)).toMatchObject({ over: true });
    expect(await quantity('back-again')).toBe('2');
    expect(await reopenImport(context.database, id)).toBe(2);
    expect(await carry(id)).toMatchObject({ record: { state: 'done' } });
    expect(await quantity('back-again')).toBe('3');
  });
});
