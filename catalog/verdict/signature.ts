import type { Observation } from '../evidence/schema.ts';
import { compileTemplate } from '../signature/template.ts';
import type { Signature } from '../writeup/schema.ts';

/**
 * Whether a run shows a signature, in its log or in the error of a job. What must stand `near` may
 * stand anywhere in it: nobody else writes into this log. Where a `check` tells the message alone from
 * that of other programs, the message alone will do: here it is known whose it is.
 */
export function showsSignature(
  { log, jobs }: Pick<Observation, 'log' | 'jobs'>,
  { template, near, check }: Pick<Signature, 'template' | 'near' | 'check'>,
): boolean {
  const lines = [...log, ...jobs.flatMap(({ error }) => error?.split(/\r?\n/) ?? [])];
  const isShown = (text: string) => lines.some(compileTemplate(text).matches);
  return isShown(template) && (near.length === 0 || check !== undefined || near.some(isShown));
}
