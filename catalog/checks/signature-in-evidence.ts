import { observationsOf } from '../evidence/observations.ts';
import type { Evidence } from '../evidence/schema.ts';
import { indexSignatures, type Hit } from '../signature/scanner.ts';
import type { Signature, Writeup } from '../writeup/schema.ts';
import type { Check } from './project.ts';

/** Every signature stands in the evidence of its own bug, or says why it cannot yet. */
export const signatureInEvidence: Check = ({ writeups, evidence }) =>
  writeups.flatMap((writeup) => {
    const own = evidence.filter(({ slug }) => slug === writeup.slug);
    const seen = signaturesIn(own, writeup);
    return writeup.signatures.flatMap((signature) => {
      const message = complaint(signature, seen.has(signature.id), writeup);
      return message ? [{ file: writeup.file, message }] : [];
    });
  });

function complaint(
  { id, template, unproven }: Signature,
  seen: boolean,
  writeup: Writeup,
): string | undefined {
  if (seen && unproven !== undefined) {
    return `signature "${id}": expected no exemption, got "unproven" although evidence contains the message. Remove "unproven".`;
  }
  if (seen || unproven !== undefined) return undefined;
  return `signature "${id}": expected evidence that contains "${template}", got none. Type npm run harness -- ${writeup.id.replace('BUG-', '')} --record, or say in "unproven" why it cannot be had.`;
}

function signaturesIn(evidence: readonly Evidence[], writeup: Writeup): Set<string> {
  const index = indexSignatures([writeup]);
  const hits = evidence.flatMap(observationsOf).flatMap((observation): readonly Hit[] => {
    const errors = observation.jobs.flatMap(({ error }) => error?.split(/\r?\n/) ?? []);
    const scanner = index.scanner();
    return [...observation.log, ...errors]
      .flatMap((text, position) => scanner.push({ text, position }))
      .concat(scanner.flush())
      .flatMap((line) => line.hits);
  });
  return new Set(hits.map(({ signature }) => signature.id));
}
