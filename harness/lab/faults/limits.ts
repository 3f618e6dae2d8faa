import { existsSync } from 'node:fs';
import { mkdir, rmdir, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import pWaitFor from 'p-wait-for';
import { NotRun } from '../not-run.ts';
import { groupPrefix, memoryGroups } from '../sweep/linux-leftovers.ts';
import type { Workspace } from '../sweep/workspace.ts';

/** What a program may use, with all that it starts. */
export interface Limits {
  /** So many megabytes of memory; the kernel kills who needs more (SIGKILL). Linux as root alone. */
  readonly memoryMegabytes?: number;
  /** So many files and sockets at once, in each process. Not on Windows. */
  readonly openFiles?: number;
}

/** A command that is limited; disposing of it, once its processes have ended, removes what holds the limit. */
interface Limited extends AsyncDisposable {
  /** What stands before its command line, and what evidence shows instead: the limits themselves. */
  readonly wrapper: { readonly command: readonly string[]; readonly shown: readonly string[] };
}

/**
 * Prepares the limits of one program.
 *
 * @throws NotRun where the platform has no such limits, or they may not be set.
 */
export async function limitsOf(
  { memoryMegabytes, openFiles }: Limits,
  workspace: Workspace,
): Promise<Limited> {
  if (process.platform === 'win32')
    throw new NotRun('what a program may use is not limited on Windows');
  const group =
    memoryMegabytes === undefined ? undefined : await memoryGroup(memoryMegabytes, workspace);
  return {
    wrapper: {
      // Each shell becomes what stands after it: the pid stays.
      command: [
        ...(group === undefined
          ? []
          : ['sh', '-c', 'echo $$ > "$0" && exec "$@"', path.join(group, 'cgroup.procs')]),
        ...(openFiles === undefined
          ? []
          : ['sh', '-c', 'ulimit -n "$0" && exec "$@"', `${openFiles}`]),
      ],
      shown: [
        ...(memoryMegabytes === undefined ? [] : [`<memory: ${memoryMegabytes} MB>`]),
        ...(openFiles === undefined ? [] : [`<open files: ${openFiles}>`]),
      ],
    },
    async [Symbol.asyncDispose]() {
      if (group === undefined) return;
      const isGone = () =>
        rmdir(group).then(
          () => true,
          () => !existsSync(group),
        );
      // The kernel takes a moment to notice that its last process is gone; else the sweep removes it.
      await pWaitFor(isGone, { interval: 20, timeout: 2_000 }).catch(() => undefined);
    },
  };
}

async function memoryGroup(megabytes: number, workspace: Workspace): Promise<string> {
  const root = memoryGroups.find((folder) => existsSync(path.join(folder, 'cgroup.procs')));
  if (root === undefined) throw new NotRun('a limit of memory is set on Linux alone');
  const group = path.join(root, `${groupPrefix(workspace)}${randomUUID()}`);
  const bytes = `${megabytes * 2 ** 20}`;
  // Without swap: it would make the program slow instead. Machines that count none have no file for it.
  const limits =
    root === memoryGroups[0]
      ? { 'memory.limit_in_bytes': bytes, 'memory.memsw.limit_in_bytes': bytes }
      : { 'memory.max': bytes, 'memory.swap.max': '0' };
  try {
    await mkdir(group);
    for (const [name, value] of Object.entries(limits)) {
      const file = path.join(group, name);
      if (existsSync(file)) await writeFile(file, value);
    }
    if (!existsSync(path.join(group, Object.keys(limits)[0] ?? ''))) {
      throw new Error(`${root} does not count memory`);
    }
    return group;
  } catch (error) {
    await rmdir(group).catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new NotRun(`a limit of memory is set by root alone, on Linux (${reason})`);
  }
}
