/**
 * Reads what `poolproof harness --list --json` prints, and prints the matrix of a GitHub workflow: for each
 * platform that has machines there as many shards as its cells take.
 *
 *     poolproof harness --list --json | node .ci/shards.ts
 */
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const listed = z.object({
  cells: z.array(z.object({ platform: z.string(), expectedSeconds: z.number() })),
});

/** Seconds of runs that one machine is given. Several go on at once, so that it takes a fraction of that. */
const secondsOfShard = 3000;
const mostShards = 6;

const machines = [
  { platform: 'linux', os: 'ubuntu-latest' },
  { platform: 'win32', os: 'windows-latest' },
  { platform: 'darwin', os: 'macos-latest' },
];

const { cells } = listed.parse(JSON.parse(await text(process.stdin)));
const include = machines.flatMap(({ platform, os }) => {
  const there = cells.filter((one) => one.platform === platform);
  const seconds = there.reduce((sum, one) => sum + one.expectedSeconds, 0);
  const count = there.length === 0 ? 0 : Math.ceil(seconds / secondsOfShard) || 1;
  const shards = Math.min(count, mostShards, there.length);
  return Array.from({ length: shards }, (_, index) => ({
    ...{ platform, os, shard: `${index + 1}/${shards}`, name: `${platform}-${index + 1}` },
  }));
});
process.stdout.write(`${JSON.stringify({ include })}\n`);
