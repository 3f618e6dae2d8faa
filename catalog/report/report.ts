import type { Diagnoses } from '../diagnose/together.ts';
import { redact } from './redact.ts';

/** The fields of .github/ISSUE_TEMPLATE/report-a-failure.yml that are filled in. */
export interface Report {
  readonly message: string;
  readonly log: string;
  readonly diagnose: string;
  readonly versions: string;
  readonly command: string;
}

/** GitHub refuses longer addresses; they count as encoded. */
const longestAddress = 7_500;
/** A command that starts a worker, as a log or a supervisor quotes it. */
const startCommand =
  /(?:^|[\s"'`$>])((?:python[\d.]* -m )?celery\s[^"'`\n]*\bworker\b[^"'`\n]*|node\s[^"'`\n]*worker[^"'`\n]*)/m;

/** What somebody would report of an error that no write-up explains, without what should not be public. */
export function reportOf(
  error: { readonly line: number; readonly text: string },
  lines: readonly string[],
  { versions, unmatchedErrors, matches, linesRead }: Diagnoses,
): Report {
  const log = lines.join('\n');
  const told = {
    matches: matches.map(({ bug, level, line }) => ({ bug, level, line })),
    unmatchedErrors: unmatchedErrors.slice(0, 5).map(({ line, text }) => ({
      line,
      text: redact(text),
    })),
    linesRead,
  };
  return {
    message: redact(error.text),
    log: redact(log),
    diagnose: JSON.stringify(told, undefined, 2),
    versions: versions.map(({ package: name, version }) => `${name} ${version}`).join('\n'),
    command: redact(startCommand.exec(log)?.[1]?.trim() ?? ''),
  };
}

/**
 * The address of the filled in form. What is too long for an address is cut out of the log, from its
 * ends: the error stands in its middle.
 *
 * @param repository the address of the repository on GitHub.
 */
export function issueAddress(repository: string, report: Report): string {
  let { log } = report;
  for (;;) {
    const address = addressOf(repository, { ...report, log });
    if (address.length <= longestAddress || log === '') return address.slice(0, longestAddress);
    log = shorter(log);
  }
}

function addressOf(repository: string, report: Report): string {
  const query = new URLSearchParams({
    template: 'report-a-failure.yml',
    title: report.message.slice(0, 90),
    ...report,
  });
  return `${repository}/issues/new?${query.toString()}`;
}

function shorter(log: string): string {
  const lines = log.split(/\r?\n/);
  if (lines.length <= 2) return log.slice(0, Math.floor(log.length / 2));
  const cut = Math.max(1, Math.floor(lines.length / 20));
  return lines.slice(cut, lines.length - cut).join('\n');
}

/** The report as text, for whoever sends it otherwise. */
export function reportText({ message, log, diagnose, versions, command }: Report): string {
  return [
    `The message\n\n${message}`,
    `Log\n\n${log}`,
    `What diagnose says\n\n${diagnose}`,
    `Versions\n\n${versions}`,
    `How the worker is started\n\n${command}`,
  ].join('\n\n');
}
