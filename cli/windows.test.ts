/**
 * The program on Windows: Windows Node under Wine, on Linux. It is Node 22, because Node 24 crashes on
 * Wine 8, and so runs a compiled copy. What only a real Windows can tell (Ctrl-C, the embedded
 * PostgreSQL, native Redis, Node 24) is run by .github/workflows/native.yml.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Job } from 'bullmq';
import pWaitFor from 'p-wait-for';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { readWriteups } from '../catalog/writeup/read.ts';
import { toWindowsPath } from '../harness/lab/runtimes/windows/windows-path.ts';
import { usePrepared } from '../harness/lab/testing/prepared.ts';
import { bareNode, openMachine, run, start, type Ran } from '../harness/lab/testing/wine.ts';
import { brokerAt } from '../worker/broker/broker.ts';
import { stageImport } from '../worker/import/stage-import.ts';
import { readPositions } from '../worker/positions/read-positions.ts';
import { enqueueImport, importsQueue } from '../worker/queue/import-job.ts';
import { useDatabase } from '../worker/testing/database.ts';
import { startRedis, whyNoRedis } from '../worker/testing/redis.ts';
import { inBytes } from '../worker/testing/text.ts';
import { compileForNode22 } from './testing/compiled-copy.ts';
import { windowsModules } from './testing/windows-modules.ts';

const stack = new AsyncDisposableStack();
afterAll(() => stack.disposeAsync());

const windows = usePrepared(async () => {
  const engine = { ...(await bareNode()), modules: await windowsModules(() => undefined) };
  const copy = stack.use(await compileForNode22());
  const machine = stack.use(await openMachine(engine, copy.folder));
  return { ...machine, program: copy.program, node: engine.versions.node };
});

/** Runs the program with these arguments. Standard output and error come as one. */
async function poolproof(...args: string[]): Promise<{ code: number | null; text: string }> {
  const { host, program } = windows();
  const { code, lines } = await run(host, [...program, ...args]);
  return { code, text: lines.join('\n') };
}

/** Starts it, and ends it with the test. */
async function startPoolproof(args: readonly string[], env: Record<string, string>): Promise<Ran> {
  const { host, program } = windows();
  const started = await start(host, [...program, ...args], env);
  onTestFinished(() => started.program.kill());
  return started;
}

/** Waits for something that a program is to bring about, and tells what it printed if it does not. */
async function waitWith(
  { program, lines }: Ran,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const ended = program.ended.then(({ code }) => {
    throw new Error(`The program ended with code ${code ?? 'none'}:\n${lines.join('\n')}`);
  });
  const complain = () => {
    throw new Error(`What it was to do has not come about. It printed:\n${lines.join('\n')}`);
  };
  const timeout = { milliseconds: 240_000, fallback: complain };
  await Promise.race([pWaitFor(condition, { interval: 100, timeout }), ended]);
}

test('it runs on Windows, on the Node that Wine can run', async () => {
  const { lines } = await run(windows().host, ['-p', '`${process.platform} ${process.version}`']);
  expect(lines).toEqual([`win32 v${windows().node ?? ''}`]);
  expect(windows().node).toMatch(/^22\./);
});

test('uncompiled, it says that this Node is too old', async () => {
  const { lines, code } = await run(windows().host, ['cli/poolproof.mjs', '--help']);
  expect(code).toBe(2);
  expect(lines.join('\n')).toContain('poolproof needs Node 24 or newer and was started with 22.');
});

describe('the knowledge base', () => {
  const writeups = readWriteups();

  test('--help names every command', async () => {
    const { code, text } = await poolproof('--help');
    expect(code).toBe(0);
    expect(text).toContain('$ poolproof worker --pool threads');
  });

  test('list names every bug, and --json is JSON alone', async () => {
    const [shown, json] = [await poolproof('list'), await poolproof('list', '--json')];
    for (const { id } of writeups) expect(shown.text).toContain(id);
    expect(JSON.parse(json.text)).toMatchObject(writeups.map(({ id: bug }) => ({ bug })));
    expect([shown.code, json.code]).toEqual([0, 0]);
  });

  test('show tells of one bug, and where its write-up lies', async () => {
    const { code, text } = await poolproof('show', '002', '--json');
    expect(code).toBe(0);
    const file = String.raw`bugs\002-celery-prefork-windows.mdx`;
    expect(JSON.parse(text)).toMatchObject({ slug: '002-celery-prefork-windows', file });
  });
});

describe('diagnose', () => {
  const known = [
    String.raw`File "C:\app\Lib\site-packages\celery\app\trace.py", line 1, in fast_trace_task`,
    '    tasks, accept, hostname = _loc',
    'ValueError: not enough values to unpack (expected 3, got 0)',
    '',
  ].join('\r\n');

  /** Writes a log on this machine. @returns its path as Windows has it. */
  async function writeLog(name: string, text: string): Promise<string> {
    const file = path.join(await windows().workspace.makeWorkFolder(), name);
    await writeFile(file, text);
    return toWindowsPath(file);
  }

  test('names the bug of a log with CRLF at a Windows path', async () => {
    const log = await writeLog('wörker log.txt', known);
    const { code, text } = await poolproof('diagnose', log, '--json');
    expect(JSON.parse(text)).toMatchObject({
      matches: [{ bug: 'BUG-001', level: 'sure', line: 3, score: 0.98 }],
      linesRead: 3,
    });
    expect(code).toBe(0);
  });

  test('ends with 1 where nothing is known, and with 2 where there is no log', async () => {
    const log = await writeLog('healthy.log', 'celery@host ready.\r\n');
    expect(await poolproof('diagnose', log)).toEqual({ code: 1, text: 'No known bug in 1 line.' });
    const missing = await poolproof('diagnose', String.raw`C:\no such\worker.log`);
    expect(missing.code).toBe(2);
    expect(missing.text).toContain(
      String.raw`expected a log that can be read, got C:\no such\worker.log: ENOENT`,
    );
  });
});

const noRedis = await whyNoRedis();
const services = `with a Redis and a PostgreSQL of Linux${noRedis ? `: ${noRedis}` : ''}`;
/** A busy machine takes long to load a program under Wine. */
const patience = { timeout: 300_000 };

describe.skipIf(noRedis)(services, patience, () => {
  const context = useDatabase();
  const trades = [
    'date,symbol,side,quantity,price,fees,currency',
    '2026-01-05,ABC,buy,10,100,5,EUR',
    '2026-01-06,ABC,sell,4,120,1,EUR',
    '',
  ].join('\r\n');
  const bought = { symbol: 'ABC', currency: 'EUR', quantity: '6', averageCost: '100.5' };

  const stage = (portfolio: string, csv: string) =>
    stageImport(context.database, { portfolio, onBadRow: 'reject', content: inBytes(csv) });

  test.for([
    // Asked for none, the worker takes the best one on Windows, which is no other platform's best.
    [[], 'solo'],
    [['--pool', 'threads'], 'threads'],
    [['--pool', 'prefork'], 'prefork'],
  ] as const)('poolproof worker %j imports in the pool %s', async ([options, pool]) => {
    await using redis = await startRedis();
    await using open = brokerAt(redis.url).openQueue(importsQueue, () => undefined);
    const { queue } = open;
    const good = await stage(pool, trades);
    await enqueueImport(queue, good);

    const args = ['worker', '--broker', redis.url, ...options];
    const worker = await startPoolproof(args, { DATABASE_URL: context.url });
    const jobOf = async (id: string) => (await queue.getJob(id)) as Job | undefined;
    const isOver = async (id: string) => (await jobOf(id))?.finishedOn !== undefined;
    await waitWith(worker, () => isOver(good));
    // Not before: the job of a later import may carry out the earlier ones of its portfolio, and the
    // upkeep makes one for each that is there.
    const bad = await stage(pool, `${trades}yesterday,ABC,buy,1,1,0,EUR\r\n`);
    await enqueueImport(queue, bad);
    await waitWith(worker, () => isOver(bad));

    expect(worker.lines).toContainEqual(expect.stringContaining(`ready: pool ${pool}, `));
    expect(await jobOf(good)).toMatchObject({
      returnvalue: { rows: 2, imported: 2, skipped: 0, duplicateOf: null },
    });
    // The upkeep of a worker that comes up slowly puts a second job beside it, and either may do the work.
    const done = await queue.getJobs(['completed']);
    expect(done.map(({ progress }) => progress)).toContainEqual({
      rows: 2,
      bytes: trades.length,
      totalBytes: trades.length,
    });
    expect((await jobOf(bad))?.failedReason).toBe(
      'line 4: date: expected a date such as 2026-01-31, got "yesterday"',
    );
    const positions = await readPositions(context.database, pool);
    expect(positions).toEqual([{ ...bought, realisedGain: '77' }]);
  });

  test('poolproof dashboard shows the queue, and that no worker is there', async () => {
    await using redis = await startRedis();
    const args = ['dashboard', '--broker', redis.url, '--port', '0'];
    const dashboard = await startPoolproof(args, {});
    const address = () => /http:\/\/[\d.:]+/.exec(dashboard.lines.join('\n'))?.[0];
    await waitWith(dashboard, () => address() !== undefined);
    const get = (page: string) => fetch(new URL(page, address()));
    expect((await get('/board/')).status).toBe(200);
    const health = async () => (await (await get('/healthz')).json()) as object;
    await waitWith(dashboard, async () => JSON.stringify(await health()).includes('"up"'));
    expect(await health()).toMatchObject({
      broker: { status: 'up' },
      worker: { reason: 'no worker is connected to the queue imports' },
    });
  });
});
