import type { Cell } from '../../catalog/evidence/schema.ts';
import { wineArtefacts } from '../../catalog/verdict/wine-artefact.ts';
import { pools, type Signature } from '../../catalog/writeup/schema.ts';
import type { RunRecord, TidyRecord } from '../trial/trial.ts';
import { machinePlaceholders, redact } from './placeholders.ts';
import { trimLog } from './trim-log.ts';

/**
 * Makes of a run's record what belongs into evidence: a short log, and nothing of this machine alone. It
 * is judged in this form alone, so that what is read later says the same.
 */
export function tidyRecord(
  { observation: whole, commands, versions: all, broker, system }: RunRecord,
  { pool }: Cell,
  signatures: readonly Signature[],
): TidyRecord {
  const log = trimLog(whole.log, [...signatures, ...wineArtefacts]);
  const observation = { ...whole, log };
  // An environment serves every pool of its version; the libraries of the others had no part in this.
  const versions = Object.fromEntries(
    Object.entries(all).filter(
      ([library]) => library === pool || !pools.some((other) => other === library),
    ),
  );
  return redact({ observation, commands, versions, broker, system }, machinePlaceholders());
}
