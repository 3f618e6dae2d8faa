/**
 * What an import costs. Rows a second from the file to the committed positions against a peer in
 * Python (imports-peer.py), taking turns on the same database; and 400 rows into a million trades
 * against the same rows into an empty portfolio.
 *
 *     node bench/imports.ts [rows of the large portfolio, default 1000000]
 */
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { openDatabase, type Database } from '../worker/database/open.ts';
import { createSchema } from '../worker/database/schema.ts';
import { runImport } from '../worker/import/run-import.ts';
import { stageImport } from '../worker/import/stage-import.ts';
import { startEmbeddedPostgres } from '../worker/postgres/embedded.ts';

const psycopg = 'psycopg[binary]==3.3.9';
const symbols = 200;
const small = 400;
const header = 'date,symbol,side,quantity,price,fees,currency';
const firstDay = Date.UTC(2020, 0, 1);
const dayMs = 24 * 60 * 60 * 1000;

const dateOf = (day: number) => new Date(firstDay + day * dayMs).toISOString().slice(0, 10);

/** Buys and sells over so many days, the oldest first; never more sold than held. */
function* trades(count: number, fromDay: number, days: number): Generator<string> {
  for (let row = 0; row < count; row++) {
    const date = dateOf(fromDay + Math.floor((row * days) / count));
    const round = Math.floor(row / symbols);
    const side = round % 5 < 3 ? 'buy' : 'sell';
    const quantity = side === 'buy' ? `${10 + (row % 7)}.5` : `${5 + (row % 7)}.25`;
    const price = `${50 + (row % 450)}.${String(row % 100).padStart(2, '0')}`;
    yield `${date},SYM${row % symbols},${side},${quantity},${price},${row % 3 === 0 ? '1.90' : '0'},EUR`;
  }
}

const fileOf = (rows: Iterable<string>) => `${[header, ...rows].join('\n')}\n`;

async function ours(database: Database, portfolio: string, file: string): Promise<number> {
  const begun = performance.now();
  const content = createReadStream(file, { highWaterMark: 256 * 1024 });
  const id = await stageImport(database, { portfolio, onBadRow: 'reject', content });
  const record = await runImport(database, id);
  const seconds = (performance.now() - begun) / 1000;
  if (record.state === 'done' && record.duplicateOf === null) return seconds;
  throw new Error(`Expected ${file} to be imported, got ${JSON.stringify(record)}.`);
}

async function peer(python: string, url: string, file: string, keys: string): Promise<number> {
  const program = path.join(import.meta.dirname, 'imports-peer.py');
  const { stdout } = await execa(python, [program, url, file, keys]);
  return Number(stdout);
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const print = (line: string) => process.stdout.write(`imports: ${line}\n`);

async function makePython(folder: string): Promise<string> {
  const windows = process.platform === 'win32';
  await execa(windows ? 'python' : 'python3', ['-m', 'venv', path.join(folder, 'venv')]);
  const python = path.join(folder, 'venv', windows ? 'Scripts/python.exe' : 'bin/python');
  await execa(python, ['-m', 'pip', 'install', '--quiet', psycopg]);
  return python;
}

const large = Number(process.argv[2] ?? 1_000_000);
const folder = await mkdtemp(path.join(os.tmpdir(), 'poolproof-bench-'));
try {
  const python = await makePython(folder);
  await using postgres = await startEmbeddedPostgres();
  await using database = openDatabase(postgres.url);
  await createSchema(database);
  let portfolios = 0;
  const write = async (name: string, rows: Iterable<string>) => {
    const file = path.join(folder, name);
    await writeFile(file, fileOf(rows));
    return file;
  };

  const compare = async (rows: number, rounds: number, order: 'oldest' | 'newest') => {
    const all = [...trades(rows, 0, 1500)];
    const oldest = await write(`${rows}.csv`, all);
    const file = order === 'oldest' ? oldest : await write(`${rows}-newest.csv`, all.toReversed());
    const seconds = { ours: [] as number[], keyed: [] as number[], bare: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      seconds.ours.push(await ours(database, `p${portfolios++}`, file));
      // Always in the order of time: it knows no other.
      seconds.keyed.push(await peer(python, postgres.url, oldest, 'keyed'));
      seconds.bare.push(await peer(python, postgres.url, oldest, 'bare'));
    }
    const own = median(seconds.ours);
    const ratio = (values: readonly number[]) => (median(values) / own).toFixed(2);
    print(
      `${rows} rows, ${order} first: ours ${(rows / own).toFixed(0)} rows/s, peer ${(rows / median(seconds.keyed)).toFixed(0)} rows/s, peer without keys ${(rows / median(seconds.bare)).toFixed(0)} rows/s (medians of ${rounds})`,
    );
    print(
      `${rows} rows, ${order} first: ours / peer = ${ratio(seconds.keyed)} (wanted: at least 0.5), ours / peer without keys = ${ratio(seconds.bare)}`,
    );
  };
  await compare(100_000, 5, 'oldest');
  await compare(100_000, 3, 'newest');
  await compare(large, 1, 'oldest');

  // The last portfolio has the large file, or so many rows as one like it.
  const full = 'full';
  const allOfLarge = [...trades(large, 0, 1500)];
  await ours(database, full, await write('large.csv', allOfLarge));
  const rounds = 7;
  const into = async (
    name: string,
    make: (round: number) => { readonly full: Iterable<string>; readonly empty?: Iterable<string> },
  ) => {
    const seconds = { full: [] as number[], empty: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      const { full: rows, empty = rows } = make(round);
      const all = [...rows];
      const files = [
        await write('empty.csv', empty === rows ? all : empty),
        await write('full.csv', all),
      ];
      seconds.empty.push(await ours(database, `p${portfolios++}`, files[0] ?? ''));
      seconds.full.push(await ours(database, full, files[1] ?? ''));
    }
    const ratio = median(seconds.full) / median(seconds.empty);
    print(
      `${small} rows, ${name}: ${(median(seconds.full) * 1000).toFixed(0)} ms into ${large} trades, ${(median(seconds.empty) * 1000).toFixed(0)} ms into none; full / empty = ${ratio.toFixed(2)} (wanted: at most 2)`,
    );
  };
  const known = allOfLarge.slice(-380);
  await into('of which 380 are known', (round) => {
    const fresh = [...trades(20, 1600 + round * 10, 10)];
    // Into an empty portfolio nothing can be sold.
    const bought = known.map((row) => row.replace('sell', 'buy'));
    return { full: [...known, ...fresh], empty: [...bought, ...fresh] };
  });
  await into('later than all', (round) => ({ full: [...trades(small, 1800 + round * 10, 10)] }));
  await into('dated back by a year', (round) => ({
    full: [...trades(small, 1000 + round * 10, 10)],
  }));
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
