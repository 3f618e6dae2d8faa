import type { Cell } from '../../catalog/evidence/schema.ts';
import type { Dimension, Engine, Platform, Pool } from '../../catalog/writeup/schema.ts';

export const engineNames: Record<Engine, string> = { celery: 'Celery', bullmq: 'BullMQ' };

export const platformNames: Record<Platform, string> = {
  linux: 'Linux',
  darwin: 'macOS',
  win32: 'Windows',
  wine: 'Wine',
};

/** What a reader must know before taking a platform's label at its word. */
export const platformNotes: Partial<Record<Platform, string>> = {
  wine: 'Real Windows programs, run by Wine instead of Windows',
};

const bullmqPools: Partial<Record<Pool, string>> = {
  solo: 'in-process function',
  prefork: 'sandboxed child process',
  threads: 'sandboxed worker thread',
};

/** A pool as users of its engine call it: Celery's own word, or what BullMQ's option does. */
export function poolName(engine: Engine, pool: Pool): string {
  return engine === 'bullmq' ? (bullmqPools[pool] ?? pool) : pool;
}

/** What surrounds the interpreter, in words; nothing for a plain launch. */
export const launchNames: Record<Cell['launch'], string | undefined> = {
  plain: undefined,
  venv: 'in a virtual environment',
  container: 'in a container',
};

/** A value of a dimension, as a heading of a table. */
export function dimensionValue(dimension: Dimension, value: string): string {
  if (dimension === 'python') return `Python ${value}`;
  if (dimension !== 'launch') return value;
  return launchNames[value as Cell['launch']] ?? 'outside of a virtual environment';
}

/** What tells a cell from others of its claim, platform and version: `venv · 3.11`. */
export function cellParts({ launch, python }: Cell): string {
  return [launch, ...(python ? [python] : [])].join(' · ');
}

/** The /dev/shm that a run was given, in words. */
export const shmNames: Record<NonNullable<Cell['shm']>, string> = {
  '0755': '/dev/shm of mode 0755',
  '1777': '/dev/shm of mode 1777',
  full: 'full /dev/shm',
  missing: 'missing /dev/shm',
};

/** The command by which a cell's engine was installed, without its version; nothing for the usual one. */
export function installCommand({ install }: Pick<Cell, 'install'>): string | undefined {
  const quoted = install?.map((name) => (name.includes('[') ? `"${name}"` : name));
  return quoted && `pip install ${quoted.join(' ')}`;
}

/** `celery 5.6.1 on linux`, with what was imitated or imposed: for sentences. */
export function cellSentence(cell: Cell): string {
  return [
    `${cell.engine} ${cell.version} on ${platformNames[cell.platform]}`,
    ...(cell.emulate ? [`${cell.emulate} emulated`] : []),
    ...(cell.shm ? [`${shmNames[cell.shm]} imposed`] : []),
  ].join(', ');
}

const dateFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `2026-11-23` or a full timestamp as `23 Nov 2026`, in UTC. */
export function day(iso: string): string {
  return dateFormat.format(new Date(iso));
}

/** Milliseconds as a reader says them: `850 ms`, `4.2 s`, `3 min 5 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `1 claim`, `2 claims`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
