/**
 * `poolproof start` in an empty folder to its first finished import, against a peer in the same round:
 * the bare start of an embedded PostgreSQL, which has to happen in between.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { startEmbeddedPostgres } from '../worker/postgres/embedded.ts';
import { askToStop } from '../worker/testing/signals.ts';

const rounds = 3;
const program = path.join(import.meta.dirname, '..', 'cli', 'poolproof.mjs');

/** Seconds until the start says that its sample is imported. */
async function firstImport(dataDir: string): Promise<number> {
  const begun = performance.now();
  const start = execa(process.execPath, [program, 'start', '--port', '0'], {
    env: { POOLPROOF_DATA: dataDir, DATABASE_URL: '' },
    reject: false,
  });
  for await (const line of start.iterable({ from: 'stderr' })) {
    if (!/^ +sample .* done, /.test(line)) continue;
    const seconds = (performance.now() - begun) / 1000;
    askToStop(start);
    await start;
    return seconds;
  }
  throw new Error(`Expected a finished import, got exit code ${(await start).exitCode ?? '?'}.`);
}

async function bareDatabase(dataDir: string): Promise<number> {
  const begun = performance.now();
  const database = await startEmbeddedPostgres({ dataDir });
  const seconds = (performance.now() - begun) / 1000;
  await database[Symbol.asyncDispose]();
  return seconds;
}

/** A folder that the service user of a database can enter, so that root's data lie in it, too. */
async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'poolproof-bench-'));
  await chmod(folder, 0o755);
  return folder;
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const folder = await makeFolder();
const ours: number[] = [];
const peer: number[] = [];
try {
  for (let round = 0; round < rounds; round++) {
    ours.push(await firstImport(path.join(folder, `start-${round}`)));
    peer.push(await bareDatabase(path.join(folder, `bare-${round}`)));
  }
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
process.stdout.write(
  [
    `start: ${median(ours).toFixed(1)} s to the first finished import, ${median(peer).toFixed(1)} s for a bare database (medians of ${rounds})`,
    `start: ours / bare database = ${(median(ours) / median(peer)).toFixed(2)}`,
    '',
  ].join('\n'),
);
