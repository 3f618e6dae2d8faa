import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { encode } from 'html-entities';
import reports, { type Builder } from 'junit-report-builder';
import { cellName } from '../../catalog/evidence/schema.ts';
import type { Result } from './result.ts';

// The package is CommonJS and exports the builder itself; its types describe an ES module.
const builder = reports as unknown as Builder;

/**
 * The results as JUnit XML: a suite for each bug, a case for each claim in each cell, the reason of
 * those that were not run as the message of `skipped`.
 */
export function renderJunit(results: readonly Result[]): string {
  const skipped: string[] = [];
  const report = builder.newBuilder().name('poolproof harness');
  for (const [slug, ofBug] of Map.groupBy(results, (one) => one.slug)) {
    const suite = report.testSuite().name(slug);
    for (const { claim, cell, durationMs, verdict, reason, asWritten } of ofBug) {
      const one = suite
        .testCase()
        .className(slug)
        .name(`${claim} ${cellName(cell)}`)
        .time(durationMs / 1000);
      if (verdict === 'not run') {
        one.skipped();
        skipped.push(reason);
      } else if (!asWritten) one.failure(`${verdict}: ${printable(reason)}`, verdict);
    }
  }
  // The builder writes no message there; texts in attributes are escaped, so that this matches nothing else.
  return report.build().replaceAll('<skipped/>', () => {
    const message = printable(skipped.shift() ?? '').replaceAll(/\s+/g, ' ');
    return `<skipped message="${encode(message, { level: 'xml' })}"/>`;
  });
}

/** XML 1.0 has no control characters, not even escaped ones; programs print colours. */
function printable(text: string): string {
  return text.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '�');
}

/** How many claims came out as written, as a test runner counts. */
function countTests(results: readonly Result[]) {
  const skipped = results.filter(({ verdict }) => verdict === 'not run').length;
  const failed = results.filter(({ asWritten }) => !asWritten).length;
  return {
    numTotalTests: results.length,
    numPassedTests: results.length - skipped - failed,
    numFailedTests: failed,
    numPendingTests: skipped,
    // Those that passed are in the JUnit report.
    testResults: Map.groupBy(
      results.filter(({ asWritten, verdict }) => !asWritten || verdict === 'not run'),
      ({ slug }) => slug,
    )
      .entries()
      .map(([name, ofBug]) => ({
        name,
        assertionResults: ofBug.map(({ claim, cell, verdict, reason }) => ({
          title: `${claim} ${cellName(cell)}`,
          status: verdict === 'not run' ? 'skipped' : 'failed',
          failureMessages: [`${verdict}: ${reason}`],
        })),
      }))
      .toArray(),
  };
}

/** Leaves the results in .vitest/ of the project, where those of its other tests are. */
export async function writeReports(results: readonly Result[], root: string): Promise<void> {
  const files = {
    'harness/junit.xml': renderJunit(results),
    'json/harness.json': `${JSON.stringify(countTests(results))}\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, '.vitest', name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
