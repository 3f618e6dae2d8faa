import os from 'node:os';
import path from 'node:path';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { systemSchema, verdicts } from '../../catalog/evidence/schema.ts';
import { cellSchema } from '../../catalog/cell/cell.ts';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import { folders } from '../../catalog/project.ts';
import type { Result } from '../report/result.ts';
import { machinePlaceholders, redact } from './placeholders.ts';

/** The name of the file beside the evidence of a machine that tells what else came of its run. */
export const runFile = 'run.json';

/**
 * What `--record-to` leaves beside evidence: every result, so that whoever merges it is told of what did
 * not come out as written, which is no evidence, and of what was not run.
 */
export const machineRunSchema = z.strictObject({
  commit: z.string(),
  system: systemSchema,
  shard: z.string().nullable().describe('Such as 1/3.'),
  results: z.array(
    z.strictObject({
      bug: z.string(),
      slug: z.string(),
      claim: z.string(),
      cell: cellSchema,
      verdict: z.enum(verdicts),
      asWritten: z.boolean(),
      reason: z.string(),
    }),
  ),
});
export type MachineRun = z.output<typeof machineRunSchema>;

/**
 * Makes the folder of `--record-to`, before anything is run.
 *
 * @throws BadInput for a folder that holds something already, is part of the project's evidence, or
 * cannot be made.
 */
export async function openMachineFolder(folder: string, root: string): Promise<void> {
  const own = path.relative(folders.evidence(root), path.resolve(folder));
  if (own === '' || (!own.startsWith('..') && !path.isAbsolute(own))) {
    throw new BadInput(
      `expected a folder outside of ${path.relative('', folders.evidence(root))}, got ${folder}. Name another, or type --record`,
    );
  }
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new BadInput(
      `expected a folder to record to that can be made, got: ${(error as Error).message}. Name another: --record-to DIR`,
    );
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new BadInput(
      `expected an empty folder to record to, since it shall hold what this run recorded and nothing else, got ${folder} with ${readdirSync(folder).length} entries. Remove them, or name another`,
    );
  }
}

/** Writes what came of a run beside its evidence. */
export async function writeMachineRun(
  folder: string,
  results: readonly Result[],
  { commit, shard }: { readonly commit: string; readonly shard?: string | undefined },
): Promise<void> {
  const run: MachineRun = {
    commit,
    system: { os: os.type(), kernel: os.release(), arch: os.arch() },
    shard: shard ?? null,
    results: results.map(({ bug, slug, claim, cell, verdict, asWritten, reason }) => ({
      ...{ bug, slug, claim, cell, verdict, asWritten, reason },
    })),
  };
  const text = JSON.stringify(redact(run, machinePlaceholders()), null, 2);
  await writeFile(path.join(folder, runFile), `${text}\n`);
}
