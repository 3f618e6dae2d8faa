import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findMachineTraces } from '../../catalog/evidence/machine-traces.ts';
import { BadInput } from '../../catalog/problem/bad-input.ts';

/**
 * Writes evidence to its files, all of it or none: what was recorded together belongs together.
 *
 * @param evidence by the file it goes to.
 * @throws Error when it would name this machine, and BadInput when the disk does not take it.
 */
export async function writeEvidence(
  evidence: ReadonlyMap<string, { readonly claim: string }>,
): Promise<void> {
  refuseTraces([...evidence.values()]);
  const draftOf = (file: string) => `${file}.draft`;
  try {
    for (const [file, one] of evidence) {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(draftOf(file), `${JSON.stringify(one, null, 2)}\n`);
    }
  } catch (error) {
    for (const file of evidence.keys()) await rm(draftOf(file), { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadInput(`nothing was recorded: ${reason}\nFree some space, and record again.`);
  }
  for (const file of evidence.keys()) await rename(draftOf(file), file);
}

function refuseTraces(evidence: readonly { readonly claim: string }[]): void {
  const traces = evidence.flatMap((one) =>
    findMachineTraces(one).map(({ at, text }) => `${one.claim} ${at}: ${text}`),
  );
  if (traces.length === 0) return;
  throw new Error(`Evidence would name this machine; nothing was recorded:\n${traces.join('\n')}`);
}
