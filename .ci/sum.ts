/** Prints what failed, by name and with its reason, and then the sum over all suites. */
import { readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

/** What Vitest's JSON reporter says of one run; the harness writes its claims in the same shape. */
const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z
    .array(
      z.object({
        name: z.string(),
        status: z.string().optional(),
        message: z.string().optional(),
        assertionResults: z.array(
          z.object({
            status: z.string(),
            fullName: z.string().optional(),
            title: z.string().optional(),
            failureMessages: z.array(z.string()).nullish(),
          }),
        ),
      }),
    )
    .default([]),
});

/** As much of a reason as tells what went wrong; the whole of it stands further up. */
const shownLines = 12;

const [folder, ...failedSteps] = process.argv.slice(2);
if (folder === undefined) throw new Error('Expected: sum.ts FOLDER [FAILED STEP]...');

const sum = { passed: 0, failed: failedSteps.length, skipped: 0 };
for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const run = report.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  sum.passed += run.numPassedTests;
  sum.failed += run.numFailedTests;
  sum.skipped += run.numPendingTests;
  for (const suite of run.testResults) {
    const where = isAbsolute(suite.name) ? relative(process.cwd(), suite.name) : suite.name;
    const failed = suite.assertionResults.filter(({ status }) => status === 'failed');
    for (const test of failed) {
      tell(`failed: ${where} > ${test.fullName ?? test.title ?? ''}`, test.failureMessages ?? []);
    }
    // Only what the harness could not run comes with a reason.
    for (const test of suite.assertionResults) {
      if (test.status !== 'skipped' || !test.failureMessages?.length) continue;
      tell(`not run: ${where} > ${test.title ?? ''}`, test.failureMessages);
    }
    // A file that could not even be loaded has no tests that could fail.
    if (failed.length === 0 && suite.status === 'failed') {
      tell(`failed: ${where}`, [suite.message ?? '']);
    }
  }
}

for (const name of failedSteps) process.stdout.write(`failed step: ${name}\n`);
const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : '';
process.stdout.write(`${sum.passed} passed, ${sum.failed} failed${skipped}\n`);
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;

function tell(headline: string, reasons: readonly string[]): void {
  const lines = reasons
    .flatMap((reason) => stripVTControlCharacters(reason).split('\n'))
    .filter((line) => line.trim() !== '')
    .slice(0, shownLines);
  process.stdout.write([headline, ...lines.map((line) => `  ${line}`), ''].join('\n'));
}
