import type { Cell } from '../../catalog/evidence/schema.ts';
import { pools, type Signature } from '../../catalog/writeup/schema.ts';
import type { RunRecord } from '../scenario/observe.ts';
import { machinePlaceholders, redact } from './placeholders.ts';
import { trimLog } from './trim-log.ts';

/** Makes of a run's record what belongs into evidence: a short log, and nothing of this machine alone. */
export function tidyRecord(
  record: RunRecord,
  { pool }: Cell,
  signatures: readonly Signature[],
): RunRecord {
  const log = trimLog(record.observation.log, signatures);
  const observation = { ...record.observation, log };
  // An environment serves every pool of its version; the libraries of the others had no part in this.
  const versions = Object.fromEntries(
    Object.entries(record.versions).filter(
      ([library]) => library === pool || !pools.some((other) => other === library),
    ),
  );
  return redact({ ...record, observation, versions }, machinePlaceholders());
}
