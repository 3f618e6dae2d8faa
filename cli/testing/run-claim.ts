/**
 * Puts one claim to the test at one version of its engine, and prints what came of it as JSON:
 *
 *     node cli/testing/run-claim.ts 013 computing-job-stalls 6.7.0
 */
import { projectRoot } from '../../catalog/project.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';
import { runHarness } from '../../harness/harness.ts';
import { Progress } from '../../harness/report/progress.ts';
import { select } from '../../harness/selection/select.ts';

const [bug = '', claim, version] = process.argv.slice(2);
const [one] = select(readWriteups(), { bugs: [bug], platform: 'linux' }).filter(
  (each) => each.claim.id === claim && each.cell.version === version,
);
if (!one) throw new Error(`expected a claim of ${bug}, got ${String(claim)} at ${String(version)}`);
const options = { broker: 'native', repeat: 1 };
const { results } = await runHarness(projectRoot, [one], options, new Progress(process.stderr));
const [result] = results;
process.stdout.write(JSON.stringify({ verdict: result?.verdict, reason: result?.reason }));
