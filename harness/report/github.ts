import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { cellName } from '../../catalog/evidence/schema.ts';
import { marks } from './progress.ts';
import { notRunLines } from './table.ts';
import type { Result } from './result.ts';

/** Within GitHub Actions, writes the job summary and an annotation at each write-up that was missed. */
export async function reportToGithub(
  results: readonly Result[],
  environment: NodeJS.ProcessEnv = process.env,
  out: NodeJS.WritableStream = process.stderr,
): Promise<void> {
  const summary = environment.GITHUB_STEP_SUMMARY;
  if (summary) await appendFile(summary, renderSummary(results));
  if (environment.GITHUB_ACTIONS === 'true') {
    for (const line of annotations(results)) out.write(`${line}\n`);
  }
}

/** The results as a Markdown table, then what was not run and why. */
export function renderSummary(results: readonly Result[]): string {
  const rows = results
    .filter(({ verdict }) => verdict !== 'not run')
    .map(({ verdict, bug, claim, cell, reason, durationMs }) =>
      [
        `${marks[verdict]} ${verdict}`,
        `${bug} ${claim}`,
        `\`${cellName(cell)}\``,
        (durationMs / 1000).toFixed(1),
        reason.replaceAll('|', String.raw`\|`).replaceAll('\n', ' '),
      ].join(' | '),
    );
  const table = [
    'verdict | claim | cell | seconds | reason',
    '--- | --- | --- | ---: | ---',
    ...rows,
  ];
  return `## Claims\n\n${table.join('\n')}\n\n${notRunLines(results).join('\n\n')}\n`;
}

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands */
export function annotations(results: readonly Result[]): string[] {
  return results
    .filter(({ asWritten }) => !asWritten)
    .map(({ bug, slug, claim, cell, verdict, reason }) => {
      const file = path.posix.join('bugs', `${slug}.mdx`);
      const message = `"${claim}" is ${verdict} on ${cellName(cell)}: ${reason}`;
      return `::error file=${file},title=${bug} ${claim}::${escapeMessage(message)}`;
    });
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
