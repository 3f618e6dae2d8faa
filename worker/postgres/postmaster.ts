import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';

const pidFileOf = (dataDir: string) => path.join(dataDir, 'postmaster.pid');

/** The process id that a server left in its data folder; undefined when there is none. */
async function readPid(dataDir: string): Promise<number | undefined> {
  const text = await readFile(pidFileOf(dataDir), 'utf8').catch(() => '');
  const pid = Number(text.split(/\r?\n/, 1)[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

/** Whether the server of a data folder runs, without asking it. */
export async function isServerAlive(dataDir: string): Promise<boolean> {
  const pid = await readPid(dataDir);
  if (pid === undefined) return false;
  if (await isSomethingElse(pid, dataDir)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // One that may not be signalled is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Removes the note of a server that was killed when its process id means another process today, or
 * one that is dead and was never waited for, as in a container without an init. PostgreSQL takes both
 * for itself, and would neither start nor stop.
 */
export async function removeStalePid(dataDir: string): Promise<void> {
  const pid = await readPid(dataDir);
  if (pid === undefined || !(await isSomethingElse(pid, dataDir))) return;
  await rm(pidFileOf(dataDir), { force: true });
}

/** Whether Linux tells of a process that it is not the server of a folder. Elsewhere nothing is known. */
async function isSomethingElse(pid: number, dataDir: string): Promise<boolean> {
  const read = (name: string) =>
    // eslint-disable-next-line portable/no-posix-path -- where there is none, nothing is known
    readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => undefined);
  const commandLine = await read('cmdline');
  const status = await read('status');
  if (commandLine === undefined || status === undefined) return false;
  // A dead process has an empty command line.
  return /^State:\s+Z/m.test(status) || !commandLine.split('\0').includes(dataDir);
}
