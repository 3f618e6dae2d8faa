/**
 * Prints the test files of which some test was skipped in the runs whose reports it is given, one to a line:
 * what a machine with more on it has still to run. Nothing where no report is, so that everything is run.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** What Vitest's JSON reporter says of one run. */
const report = z.object({
  testResults: z.array(
    z.object({ name: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

const files = process.argv.slice(2).filter((name) => existsSync(name));
const skipped = files.flatMap((name) => {
  const { testResults } = report.parse(JSON.parse(readFileSync(name, 'utf8')));
  return testResults
    .filter(({ assertionResults }) => assertionResults.some(({ status }) => status !== 'passed'))
    .map((file) => path.relative(process.cwd(), file.name));
});
process.stdout.write([...new Set(skipped)].map((name) => `${name}\n`).join(''));
