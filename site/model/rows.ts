import { cellName } from '../../catalog/evidence/schema.ts';
import type { Result } from './result.ts';

/** One line under a claim: a run, or the versions of what was not run that share a reason. */
export type Row = Result & { versions: string[] };

/** The lines to show: every run has its own, versions that were not run for one reason are drawn together. */
export function rowsOf(results: Result[]): Row[] {
  const rows: Row[] = [];
  for (const result of results) {
    const { cell, verdict, reason } = result;
    const like = rows.find(
      (row) =>
        verdict === 'not run' &&
        row.verdict === verdict &&
        row.reason === reason &&
        cellName({ ...row.cell, version: cell.version }) === cellName(cell),
    );
    if (like) like.versions.push(cell.version);
    else rows.push({ ...result, versions: [cell.version] });
  }
  return rows;
}
