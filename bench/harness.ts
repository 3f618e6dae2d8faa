/**
 * What the harness adds to the runs themselves: its wall time against the least time in which the same
 * runs could have been over: the longest of them, or their sum over those that go on at once.
 */
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';

const report = z.object({
  results: z.array(z.object({ claim: z.string(), verdict: z.string(), durationMs: z.number() })),
});
const program = path.join(import.meta.dirname, '..', 'cli', 'poolproof.mjs');
const bugs = process.argv.slice(2);
/** As many as the harness runs at once: they mostly wait, so two share a core. */
const atOnce = 2 * os.availableParallelism();

async function runHarness(): Promise<{ wallMs: number; durations: number[] }> {
  const start = performance.now();
  const { stdout } = await execa(process.execPath, [program, 'harness', ...bugs, '--json'], {
    stderr: 'inherit',
    reject: false,
  });
  const wallMs = performance.now() - start;
  const { results } = report.parse(JSON.parse(stdout));
  const ran = results.filter(({ verdict }) => verdict !== 'not run');
  return { wallMs, durations: ran.map(({ durationMs }) => durationMs) };
}

// Once to warm the cache of engines and images, whose making is not what is measured here.
await runHarness();
const { wallMs, durations } = await runHarness();

if (durations.length === 0) {
  process.stdout.write('harness: no claim ran here; install Python 3 with venv and redis-server\n');
} else {
  const longest = Math.max(...durations);
  const share = durations.reduce((sum, each) => sum + each, 0) / atOnce;
  const ratio = wallMs / Math.max(longest, share);
  process.stdout.write(
    [
      `harness: ${durations.length} runs, longest ${(longest / 1000).toFixed(1)} s, sum over ${atOnce} at once ${(share / 1000).toFixed(1)} s, wall ${(wallMs / 1000).toFixed(1)} s`,
      `harness: wall / least possible = ${ratio.toFixed(2)}`,
      '',
    ].join('\n'),
  );
}
