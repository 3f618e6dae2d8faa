import type { Observation } from '../evidence/schema.ts';
import { compileTemplate } from '../signature/template.ts';
import type { Signature } from '../writeup/schema.ts';

/**
 * Whether a run shows a signature, in its log or in the error of a job. What must stand `near` may
 * stand anywhere in it: nobody else writes into this log.
 */
export function showsSignature(
  { log, jobs }: Pick<Observation, 'log' | 'jobs'>,
  { template, near }: Pick<Signature, 'template' | 'near'>,
): boolean {
  const lines = [...log, ...jobs.flatMap(({ error }) => error?.split(/\r?\n/) ?? [])];
  const isShown = (text: string) => lines.some(compileTemplate(text).matches);
  return isShown(template) && (near.length === 0 || near.some(isShown));
}
