import { cellName } from '../../catalog/evidence/schema.ts';
import type { Result } from './result.ts';

/** So many lines tell most often what went wrong. */
const lastLines = 12;

/**
 * What actors printed, with a heading for each run. Runs that came to the same are shown once.
 *
 * @param whole shows every line of every claim. Default: the last lines of the claims that missed.
 */
export function renderLogs(results: readonly Result[], whole = false): string {
  return results
    .filter(({ asWritten }) => whole || !asWritten)
    .flatMap((result) => logsOf(result).map((log) => render(result, log, whole)))
    .join('\n\n');
}

function logsOf({ evidence }: Result): (readonly string[])[] {
  return (evidence?.runs ?? []).map((run) =>
    'observation' in run ? run.observation.log : [`the scenario failed: ${run.error}`],
  );
}

function render({ bug, claim, cell }: Result, log: readonly string[], whole: boolean): string {
  const shown = whole ? log : log.slice(-lastLines);
  const left = log.length - shown.length;
  const heading = `${bug} ${claim} ${cellName(cell)}`;
  return [
    left === 0
      ? `${heading}:`
      : `${heading}, the last ${lastLines} of ${log.length} lines (all: --log):`,
    ...(log.length === 0 ? ['  nothing was printed'] : shown.map((line) => `  ${line}`)),
  ].join('\n');
}
