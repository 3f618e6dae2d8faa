import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import type { Workspace } from './workspace.ts';

/** Where Linux keeps groups of processes that share memory, in version 1 and 2 of cgroups. */
export const memoryGroups = ['/sys/fs/cgroup/memory', '/sys/fs/cgroup'] as const;

/** How the groups of a run begin. */
export function groupPrefix({ id }: Workspace): string {
  return `poolproof-${id}-`;
}

/** Removes what Linux has of a run beside its processes, once these have ended: groups, and disks in its folder. */
export async function removeLeftovers(workspace: Workspace): Promise<void> {
  if (process.platform !== 'linux') return;
  for (const folder of memoryGroups) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder)) {
      if (name.startsWith(groupPrefix(workspace))) await rmdir(path.join(folder, name));
    }
  }
  for (const folder of mountsIn(workspace.folder)) await execa('umount', [folder]);
}

/** What is mounted below a folder, the innermost first. */
function mountsIn(folder: string): string[] {
  return readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => unescaped(line.split(' ')[1] ?? ''))
    .filter((mounted) => mounted.startsWith(`${folder}/`))
    .toReversed();
}

/** Blanks and the like stand there in octal. */
function unescaped(text: string): string {
  return text.replaceAll(/\\(\d{3})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 8)),
  );
}
