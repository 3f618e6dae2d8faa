import type { Result } from './result.ts';

/** One line under a claim: a run, or the cells of a platform that share a reason for not having run. */
export interface Row extends Result {
  versions: string[];
}

/** The lines to show: every run has its own, what was not run is drawn together by platform and reason. */
export function rowsOf(results: Result[]): Row[] {
  const rows: Row[] = [];
  for (const result of results) {
    const { cell, verdict, reason } = result;
    const like = rows.find(
      (row) =>
        verdict === 'not run' &&
        row.verdict === verdict &&
        row.reason === reason &&
        row.cell.platform === cell.platform &&
        row.cell.emulate === cell.emulate &&
        row.cell.shm === cell.shm,
    );
    if (like) like.versions.push(cell.version);
    else rows.push({ ...result, versions: [cell.version] });
  }
  return rows;
}
