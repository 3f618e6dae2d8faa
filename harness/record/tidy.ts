import type { Signature } from '../../catalog/writeup/schema.ts';
import type { RunRecord } from '../scenario/observe.ts';
import { machinePlaceholders, redact } from './placeholders.ts';
import { trimLog } from './trim-log.ts';

/** Makes of a run's record what belongs into evidence: a short log, and nothing of this machine alone. */
export function tidyRecord(record: RunRecord, signatures: readonly Signature[]): RunRecord {
  const log = trimLog(record.observation.log, signatures);
  const observation = { ...record.observation, log };
  return redact({ ...record, observation }, machinePlaceholders());
}
