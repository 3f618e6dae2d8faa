import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BadInput } from '../../catalog/problem/bad-input.ts';

/** The right to be the only start on a data folder. */
export interface SoleStart extends AsyncDisposable {
  /** Lets a second start say where this one is to be found. */
  announce: (url: string) => Promise<void>;
}

const busy = 5;

/**
 * Makes this process the only start on a data folder until disposal, or until it dies in any way.
 * @throws BadInput that says where the other one runs.
 */
export async function becomeSoleStart(dataDir: string): Promise<SoleStart> {
  await mkdir(dataDir, { recursive: true });
  const whereabouts = path.join(dataDir, 'running.json');
  // SQLite takes a lock of the operating system's, which goes with the process. The process id in
  // a file does not: after a crash, or in the next container, it is somebody else's.
  const lock = new DatabaseSync(path.join(dataDir, 'start.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN IMMEDIATE');
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode !== busy) throw error;
    throw new BadInput(await describeOther(dataDir, whereabouts));
  }
  const announce = (url?: string) =>
    writeFile(whereabouts, JSON.stringify({ pid: process.pid, url }));
  await announce();
  return {
    announce,
    [Symbol.asyncDispose]: async () => {
      await rm(whereabouts, { force: true });
      lock.close();
    },
  };
}

async function describeOther(dataDir: string, whereabouts: string): Promise<string> {
  const { pid, url } = await readFile(whereabouts, 'utf8')
    .then((json) => JSON.parse(json) as { pid?: number; url?: string })
    .catch(() => ({ pid: undefined, url: undefined }));
  return [
    `poolproof runs already on ${dataDir}`,
    pid === undefined ? '' : `, as process ${pid}`,
    url === undefined ? '' : `, at ${url}`,
    '. Open that one or stop it; for a second one, give it a folder of its own: POOLPROOF_DATA=…',
  ].join('');
}
