/**
 * Fails when nothing of what a machine was given has run: `node .ci/something-ran.ts FOLDER`, for the folder
 * of `harness --record-to`. For machines that lack what some claims need, so that --require-run would
 * always fail there.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const run = z.object({ results: z.array(z.object({ verdict: z.string() })) });

const [folder = ''] = process.argv.slice(2);
const { results } = run.parse(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')));
const ran = results.filter(({ verdict }) => verdict !== 'not run').length;
process.stdout.write(`${ran} of ${results.length} cells ran\n`);
if (ran === 0 && results.length > 0) {
  process.stdout.write('::error title=Nothing ran::The summary of the harness says why.\n');
  process.exitCode = 1;
}
