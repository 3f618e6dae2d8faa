import wrapAnsi from 'wrap-ansi';
import type { DiagnosedBug } from '../../catalog/diagnose/diagnosis.ts';
import type { Diagnoses, InFile } from '../../catalog/diagnose/together.ts';
import type { ApplyingBug } from '../../catalog/packages/applying-bugs.ts';
import { styled, terminalWidth } from '../terminal.ts';

const words = { sure: 'Sure', likely: 'Likely', perhaps: 'Perhaps' } as const;
const labelWidth = 9;
const shownText = 160;
const shownCode = 12;

/** What the logs show, for a reader whose worker is down: the fix comes first. */
export function renderDiagnosis({ matches, unmatchedErrors, linesRead }: Diagnoses): string[] {
  const nothing = `No known bug in ${linesRead} line${linesRead === 1 ? '' : 's'}.`;
  return [
    ...(matches.length > 0 ? matches.flatMap(renderMatch) : [nothing]),
    ...(unmatchedErrors.length > 0 ? ['Errors that no write-up explains:'] : []),
    ...unmatchedErrors.flatMap((error) => labelled(place(error), shorten(error.text), 2)),
  ];
}

/** One finding, with an empty line after it. */
export function renderMatch(match: InFile<DiagnosedBug>): string[] {
  const { candidates } = match;
  return candidates ? renderCandidates(match, candidates) : renderNamed(match);
}

function renderNamed(match: InFile<DiagnosedBug>): string[] {
  return [
    ...title(match),
    ...labelled('Fix', match.fix),
    ...code(match.code),
    ...labelled(words[match.level], `${match.because}.`),
    ...seen(match),
    ...more(match.bug),
    '',
  ];
}

function renderCandidates(
  match: InFile<DiagnosedBug>,
  candidates: NonNullable<DiagnosedBug['candidates']>,
): string[] {
  return [
    ...wrap(
      styled('bold', `Perhaps${candidates.length > 1 ? ' one of these' : ''}: ${match.because}.`),
    ),
    ...seen(match),
    ...candidates.flatMap((candidate) => [
      ...title(candidate),
      ...labelled('If', candidate.check),
      ...labelled('Fix', candidate.fix),
      ...more(candidate.bug),
    ]),
    '',
  ];
}

/** What may be met with the packages of a lock file. */
export function renderApplying(applying: readonly ApplyingBug[], lockfile: string): string[] {
  if (applying.length === 0) return [`No known bug of the versions in ${lockfile}.`];
  return [
    `Known bugs of the versions in ${lockfile}:`,
    '',
    ...applying.flatMap((bug) => [
      ...title(bug),
      ...labelled('Fix', bug.fix),
      ...labelled(words[bug.level], `${bug.says}. Shown with ${bug.shownWith.join(', ')}.`),
      ...(bug.silent ? labelled('Silent', 'no log shows it.') : []),
      ...more(bug.bug),
      '',
    ]),
  ];
}

function title({ bug, title: text }: { readonly bug: string; readonly title: string }): string[] {
  return wrap(styled('bold', `${bug}  ${text}`));
}

function code(text: string): string[] {
  const lines = text.trim().split(/\r?\n/);
  const rest = lines.length > shownCode ? ['…'] : [];
  const margin = ' '.repeat(2 + labelWidth);
  return [
    '',
    ...lines.slice(0, shownCode).map((line) => margin + line),
    ...rest.map((line) => margin + line),
    '',
  ];
}

function seen(match: InFile<DiagnosedBug>): string[] {
  return [
    ...labelled(place(match), shorten(match.text)),
    ...match.versions.flatMap(({ says }) => labelled('Version', `${says}.`)),
  ];
}

function more(bug: string): string[] {
  return labelled('More', `poolproof show ${bug.replace('BUG-', '')}`);
}

function place({ file, line }: { readonly file?: string; readonly line: number }): string {
  return file === undefined ? `line ${line}` : `${file}:${line}`;
}

function shorten(text: string): string {
  return text.length > shownText ? `${text.slice(0, shownText)}…` : text;
}

/** `  Fix:     text`, its further lines below the text. A label that is too wide has a line of its own. */
function labelled(label: string, text: string, indent = 2): string[] {
  const margin = ' '.repeat(indent);
  const inner = ' '.repeat(indent + labelWidth);
  const [first = '', ...rest] = wrap(text, terminalWidth() - inner.length);
  const head = `${label}:`;
  return head.length < labelWidth
    ? [`${margin}${head.padEnd(labelWidth)}${first}`, ...rest.map((line) => inner + line)]
    : [`${margin}${head}`, ...[first, ...rest].map((line) => inner + line)];
}

function wrap(text: string, width = terminalWidth()): string[] {
  return wrapAnsi(text, Math.max(width, 20), { hard: true }).split(/\r?\n/);
}
