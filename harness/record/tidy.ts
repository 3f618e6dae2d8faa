import type { Cell } from '../../catalog/evidence/schema.ts';
import { pools, type Signature } from '../../catalog/writeup/schema.ts';
import type { RunRecord } from '../scenario/observe.ts';
import { machinePlaceholders, redact } from './placeholders.ts';
import { trimLog } from './trim-log.ts';

/** Makes of a run's record what belongs into evidence: a short log, and nothing of this machine alone. */
export function tidyRecord(
  { observation: whole, commands, versions: all, broker, system }: RunRecord,
  { pool }: Cell,
  signatures: readonly Signature[],
): Omit<RunRecord, 'settledAt'> {
  const observation = { ...whole, log: trimLog(whole.log, signatures) };
  // An environment serves every pool of its version; the libraries of the others had no part in this.
  const versions = Object.fromEntries(
    Object.entries(all).filter(
      ([library]) => library === pool || !pools.some((other) => other === library),
    ),
  );
  return redact({ observation, commands, versions, broker, system }, machinePlaceholders());
}
