/* eslint-disable portable/no-posix-path, portable/no-shell -- each platform has a table of its own */
import { readdir } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { execa } from 'execa';

/** A process as the operating system lists it. Pid and start together name it for good; a pid alone is reused. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** The process group, 0 where the platform has none. */
  readonly group: number;
  /** When it was started. A number that counts up where the platform has no groups. */
  readonly started: string;
}

/** Every process of this machine that may be seen. */
export async function processTable(): Promise<ProcessEntry[]> {
  if (process.platform === 'linux') return procTable();
  return process.platform === 'win32' ? windowsTable() : psTable();
}

/** When the process was started, in the words of `processTable`; undefined when there is none. */
export async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return readProcStat(pid)?.started;
  const table = await processTable();
  return table.find((entry) => entry.pid === pid)?.started;
}

async function procTable(): Promise<ProcessEntry[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => readProcStat(Number(pid)) ?? []);
}

/** proc(5): the name is in parentheses and may hold anything; state is field 3, the start (ticks since boot) field 22. */
function readProcStat(pid: number): ProcessEntry | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  const [state, parent, group, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie is dead already and only awaits its parent.
  if (state === 'Z' || state === 'X') return undefined;
  return {
    pid,
    parent: Number(parent),
    group: Number(group),
    started: `${bootId()}/${rest[16] ?? ''}`,
  };
}

let boot: string | undefined;
function bootId(): string {
  boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return boot;
}

async function psTable(): Promise<ProcessEntry[]> {
  const { stdout } = await execa('ps', ['-A', '-o', 'pid=,ppid=,pgid=,lstart='], {
    env: { LC_ALL: 'C' },
  });
  return stdout.split(/\r?\n/).flatMap((line) => {
    const fields = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.+?)\s*$/.exec(line);
    if (fields === null) return [];
    const [, pid, parent, group, started = ''] = fields;
    return { pid: Number(pid), parent: Number(parent), group: Number(group), started };
  });
}

async function windowsTable(): Promise<ProcessEntry[]> {
  const query =
    'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) $($_.CreationDate.Ticks)" }';
  const { stdout } = await execa('powershell', ['-NoProfile', '-Command', query]);
  return stdout.split(/\r?\n/).flatMap((line) => {
    const [pid, parent, started] = line.trim().split(' ');
    return started ? { pid: Number(pid), parent: Number(parent), group: 0, started } : [];
  });
}
