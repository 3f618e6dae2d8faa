/**
 * What the harness adds to the runs themselves:
 *
 *     node bench/harness.ts 002 --platform wine --matrix
 *
 * The wall time against the least in which the same runs could have been over (the longest of them, or
 * their sum over those that go on at once), and against their sum over the cores; how long a run is
 * judged after the fate of its job is known. What follows is handed to `poolproof harness`. It runs twice,
 * for the first time to warm the cache of engines and images, whose making is not what is measured here;
 * with `--warm` before all else only once.
 */
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';

const report = z.object({
  results: z.array(
    z.object({
      verdict: z.string(),
      durationMs: z.number(),
      judgedAfterMs: z.number().nullable(),
    }),
  ),
});
const program = path.join(import.meta.dirname, '..', 'cli', 'poolproof.mjs');
const isWarm = process.argv[2] === '--warm';
const selection = process.argv.slice(isWarm ? 3 : 2);
const cores = os.availableParallelism();
/** As many as the harness runs at once: they mostly wait, so two share a core. */
const atOnce = 2 * cores;
const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

async function runHarness() {
  const start = performance.now();
  const { stdout } = await execa(process.execPath, [program, 'harness', ...selection, '--json'], {
    stderr: 'inherit',
    reject: false,
  });
  const wallMs = performance.now() - start;
  const { results } = report.parse(JSON.parse(stdout));
  return { wallMs, ran: results.filter(({ verdict }) => verdict !== 'not run') };
}

if (!isWarm) await runHarness();
const { wallMs, ran } = await runHarness();

if (ran.length === 0) {
  process.stdout.write('harness: no claim ran here; the harness says above what it lacks\n');
} else {
  const durations = ran.map(({ durationMs }) => durationMs);
  const longest = Math.max(...durations);
  const sum = durations.reduce((total, each) => total + each, 0);
  const judgedAfter = ran.map(({ judgedAfterMs }) => judgedAfterMs ?? 0).sort((a, b) => a - b);
  const least = Math.max(longest, sum / atOnce);
  process.stdout.write(
    [
      `harness: ${ran.length} runs, longest ${seconds(longest)}, sum ${seconds(sum)}, wall ${seconds(wallMs)}`,
      `harness: wall / least possible at ${atOnce} at once = ${(wallMs / least).toFixed(2)}`,
      `harness: wall / (sum over ${cores} cores) = ${(wallMs / (sum / cores)).toFixed(2)}`,
      `harness: judged after the fate of its job: median ${seconds(judgedAfter[judgedAfter.length >> 1] ?? 0)}, longest ${seconds(judgedAfter.at(-1) ?? 0)}`,
      '',
    ].join('\n'),
  );
}
