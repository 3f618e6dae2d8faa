import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What Vitest's JSON reporter says of one run. */
const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numFailedTestSuites: z.number(),
});

const [folder, ...failedSteps] = process.argv.slice(2);
if (folder === undefined) throw new Error('Expected: sum.ts FOLDER [FAILED STEP]...');

const sum = { passed: 0, failed: failedSteps.length, skipped: 0 };
for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const run = report.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  sum.passed += run.numPassedTests;
  sum.failed += run.numFailedTests;
  sum.skipped += run.numPendingTests;
}

for (const name of failedSteps) process.stdout.write(`failed step: ${name}\n`);
const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : '';
process.stdout.write(`${sum.passed} passed, ${sum.failed} failed${skipped}\n`);
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;
