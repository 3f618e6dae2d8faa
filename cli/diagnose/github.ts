import { appendFile } from 'node:fs/promises';
import type { DiagnosedBug } from '../../catalog/diagnose/diagnosis.ts';
import type { Diagnoses } from '../../catalog/diagnose/together.ts';

/** Within GitHub Actions, writes an annotation for each finding, and the findings to the job's summary. */
export async function reportToGithub(
  { matches }: Pick<Diagnoses, 'matches'>,
  environment: NodeJS.ProcessEnv = process.env,
  out: NodeJS.WritableStream = process.stderr,
): Promise<void> {
  if (environment.GITHUB_ACTIONS !== 'true' || matches.length === 0) return;
  for (const match of matches) out.write(`${annotation(match)}\n`);
  const summary = environment.GITHUB_STEP_SUMMARY;
  if (summary) await appendFile(summary, renderSummary(matches));
}

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands */
function annotation(match: DiagnosedBug): string {
  const { level, bug, title, fix, line, candidates } = match;
  const text = candidates
    ? candidates.map((one) => `${one.bug} if: ${one.check} Fix: ${one.fix}`).join('\n')
    : `${title}\nFix: ${fix}\nLine ${line} of the log: ${match.text}`;
  const kind = level === 'perhaps' ? 'notice' : 'error';
  const name = candidates ? candidates.map((one) => one.bug).join(' or ') : bug;
  return `::${kind} title=${escapeProperty(`${name} (${level})`)}::${escapeMessage(text)}`;
}

function renderSummary(matches: readonly DiagnosedBug[]): string {
  const items = matches.flatMap((match) =>
    (match.candidates ?? [match]).map(({ bug, title, fix }) => {
      const check = match.candidates?.find((one) => one.bug === bug)?.check;
      return `- **${bug}** (${match.level}): ${title}\n${check ? `  - If: ${check}\n` : ''}  - Fix: ${fix}\n`;
    }),
  );
  return `## Known bugs in the log\n\n${items.join('')}\n`;
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
