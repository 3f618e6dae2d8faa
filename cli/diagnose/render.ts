import type { DiagnosedBug } from '../../catalog/diagnose/diagnosis.ts';
import type { Diagnoses, InFile } from '../../catalog/diagnose/together.ts';
import type { ApplyingBug } from '../../catalog/packages/applying-bugs.ts';
import { labelled, renderCode, renderMore, renderTitle, wrapped } from '../finding-layout.ts';
import { styled } from '../terminal.ts';

const words = { sure: 'Sure', likely: 'Likely', perhaps: 'Perhaps' } as const;
const shownText = 160;

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
    ...renderTitle(match),
    ...labelled('Fix', match.fix),
    ...renderCode(match.code),
    ...labelled(words[match.level], `${match.because}.`),
    ...seen(match),
    ...renderMore(match.bug),
    '',
  ];
}

function renderCandidates(
  match: InFile<DiagnosedBug>,
  candidates: NonNullable<DiagnosedBug['candidates']>,
): string[] {
  return [
    ...wrapped(
      styled('bold', `Perhaps${candidates.length > 1 ? ' one of these' : ''}: ${match.because}.`),
    ),
    ...seen(match),
    ...candidates.flatMap((candidate) => [
      ...renderTitle(candidate),
      ...labelled('If', candidate.check),
      ...labelled('Fix', candidate.fix),
      ...renderMore(candidate.bug),
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
      ...renderTitle(bug),
      ...labelled('Fix', bug.fix),
      ...labelled(words[bug.level], `${bug.says}. Shown with ${bug.shownWith.join(', ')}.`),
      ...(bug.silent ? labelled('Silent', 'no log shows it.') : []),
      ...renderMore(bug.bug),
      '',
    ]),
  ];
}

function seen(match: InFile<DiagnosedBug>): string[] {
  return [
    ...labelled(place(match), shorten(match.text)),
    ...match.versions.flatMap(({ says }) => labelled('Version', `${says}.`)),
  ];
}

function place({ file, line }: { readonly file?: string; readonly line: number }): string {
  return file === undefined ? `line ${line}` : `${file}:${line}`;
}

function shorten(text: string): string {
  return text.length > shownText ? `${text.slice(0, shownText)}…` : text;
}
