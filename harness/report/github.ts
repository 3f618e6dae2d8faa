import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { cellName } from '../../catalog/evidence/schema.ts';
import { codeCell, markdownTable } from './markdown.ts';
import { markOf } from './progress.ts';
import { notRunLines } from './table.ts';
import type { Result } from './result.ts';

/** Whether a claim that was not run is a failure. */
export interface ReportOptions {
  readonly requireRun?: boolean | undefined;
}

/**
 * Within GitHub Actions, writes the job summary, an annotation at each write-up that was missed, and
 * with `requireRun` one for each reason why claims were not run.
 */
export async function reportToGithub(
  results: readonly Result[],
  options: ReportOptions,
  environment: NodeJS.ProcessEnv = process.env,
  out: NodeJS.WritableStream = process.stderr,
): Promise<void> {
  const summary = environment.GITHUB_STEP_SUMMARY;
  if (summary) await appendFile(summary, renderSummary(results));
  if (environment.GITHUB_ACTIONS === 'true') {
    for (const line of annotations(results, options)) out.write(`${line}\n`);
  }
}

/** The results as a Markdown table, those that were missed first, then what was not run and why. */
export function renderSummary(results: readonly Result[]): string {
  const ran = results.filter(({ verdict }) => verdict !== 'not run');
  const rows = [
    ...ran.filter(({ asWritten }) => !asWritten),
    ...ran.filter(({ asWritten }) => asWritten),
  ].map((one) => [
    `${markOf(one)} ${one.asWritten ? 'yes' : '**no**'}`,
    one.verdict,
    `${one.bug} ${one.claim}`,
    codeCell(cellName(one.cell)),
    (one.durationMs / 1000).toFixed(1),
    codeCell(one.reason),
  ]);
  const head = ['as written', 'verdict', 'claim', 'cell', 'seconds:', 'reason'];
  const idle = notRunLines(results).map((line) => `- ${codeCell(line)}`);
  const sections = ['## Claims', markdownTable(head, rows), idle.join('\n')];
  return `${sections.filter((one) => one !== '').join('\n\n')}\n`;
}

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands */
export function annotations(
  results: readonly Result[],
  { requireRun = false }: ReportOptions,
): string[] {
  const missed = results
    .filter(({ asWritten }) => !asWritten)
    .map(({ bug, slug, claim, cell, verdict, reason }) => {
      const file = path.posix.join('bugs', `${slug}.mdx`);
      const message = `"${claim}" is ${verdict} on ${cellName(cell)}: ${reason}`;
      return `::error file=${file},title=${bug} ${claim}::${escapeMessage(message)}`;
    });
  // The reasons first: GitHub shows ten errors of a step.
  return requireRun ? [...idleAnnotations(results), ...missed] : missed;
}

/** So many claims are named; the others are in the summary. */
const mostNamed = 20;

/** What had to run and did not, one for each reason. */
function idleAnnotations(results: readonly Result[]): string[] {
  const idle = results.filter(({ verdict }) => verdict === 'not run');
  const byReason = [...Map.groupBy(idle, ({ reason }) => reason)].toSorted(
    ([, one], [, other]) => other.length - one.length,
  );
  return byReason.map(([reason, group]) => {
    const names = group.map(({ bug, claim, cell }) => `${bug} ${claim} ${cellName(cell)}`);
    const left = names.length - mostNamed;
    const listed = [...names.slice(0, mostNamed), ...(left > 0 ? [`and ${left} more`] : [])];
    const claims = group.length === 1 ? '1 claim was' : `${group.length} claims were`;
    const message = `${reason}\n${listed.join('\n')}`;
    return `::error title=${claims} not run and had to be (--require-run)::${escapeMessage(message)}`;
  });
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
