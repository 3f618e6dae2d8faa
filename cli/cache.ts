import { InvalidArgumentError } from 'commander';
import { BadInput } from '../catalog/problem/bad-input.ts';
import { cacheEntries, removeEntry, type CacheEntry } from '../harness/lab/cache/contents.ts';
import { cacheFolder } from '../harness/lab/cache/folder.ts';
import { runGoesOn } from '../harness/lab/sweep/sweep.ts';
import type { Configure } from './command.ts';
import { print, printJson, renderTable } from './terminal.ts';

const dayMs = 86_400_000;

export const configure: Configure = (command) => {
  command
    .command('list')
    .description('what it holds, with its size and when it was last used')
    .option('--json', 'print JSON')
    .action(list);
  command
    .command('prune')
    .description('remove what has not been used for a while')
    .option('--older-than <days>', 'not used for so many days, such as 30d', parseDays, 30)
    .option('--dry-run', 'only tell what would be removed')
    .action(prune);
};

function list({ json }: { json?: true }): void {
  const entries = cacheEntries();
  if (json) printJson({ folder: cacheFolder(), entries });
  else print(render(entries), '', `${megabytes(entries)} MB in ${cacheFolder()}`);
}

async function prune({ olderThan, dryRun }: { olderThan: number; dryRun?: true }): Promise<void> {
  // A run notes at its start what it uses, and takes less than a day.
  if (!dryRun && olderThan < 1 && (await runGoesOn())) {
    throw new BadInput(
      'expected no run of the harness to go on, which may be using what was used today. Wait for its end, or type: poolproof cache prune --older-than 1d',
    );
  }
  const before = Date.now() - olderThan * dayMs;
  const old = cacheEntries().filter(({ lastUsed }) => lastUsed.getTime() < before);
  const removed: CacheEntry[] = [];
  for (const entry of old) if (dryRun || (await removeEntry(entry))) removed.push(entry);
  const busy = old.length - removed.length;
  print(
    ...(removed.length > 0 ? [render(removed), ''] : []),
    `${dryRun ? 'would remove' : 'removed'} ${removed.length} not used for ${olderThan} days, ${megabytes(removed)} MB${busy > 0 ? `; ${busy} are just being built` : ''}`,
  );
}

function render(entries: readonly CacheEntry[]): string {
  const rows = entries.map((entry) => [
    entry.name,
    megabytes([entry]),
    entry.lastUsed.toISOString().slice(0, 10),
  ]);
  return renderTable(['what', 'MB', 'last used'], rows, [56, 8]);
}

function megabytes(entries: readonly CacheEntry[]): string {
  return (entries.reduce((sum, { bytes }) => sum + bytes, 0) / 2 ** 20).toFixed(0);
}

function parseDays(text: string): number {
  const [, days] = /^(\d{1,4})d?$/.exec(text) ?? [];
  if (days !== undefined) return Number(days);
  throw new InvalidArgumentError('Expected a number of days, such as 30d.');
}
