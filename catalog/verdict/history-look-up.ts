import type { HistoryLookup } from '../diagnose/diagnosis.ts';
import { historyOfPackage } from '../diagnose/version-history.ts';
import { projectRoot } from '../project.ts';
import type { Writeup } from '../writeup/schema.ts';
import { readResults, type ClaimResult } from './results.ts';

/**
 * Looks up histories in the evidence on disk; that of a bug is read when it is first asked for.
 *
 * @param root the folder that holds harness/; this project by default.
 */
export function createHistoryLookUp(root = projectRoot): HistoryLookup {
  const known = new Map<Writeup, ClaimResult[]>();
  return (writeup, wish = { package: writeup.engine }) => {
    const results = known.get(writeup) ?? readResults(writeup, root);
    known.set(writeup, results);
    return historyOfPackage(writeup, results, wish);
  };
}
