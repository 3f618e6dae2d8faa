import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../project.ts';

const triedSchema = z.union([
  z.strictObject({
    claim: z.string().describe('The claim whose failure it shows.'),
    fix: z.string().describe('The claim whose fix it shows.'),
    cell: z.string().describe('The cell of the failure, by its name.'),
    digest: z.string().describe('Of what of it runs: once that differs, it has not been tried.'),
    on: z.iso.date().describe('The day on which it was tried.'),
    platform: z.string().describe('Where it was tried.'),
  }),
  z.strictObject({ why: z.string().describe('Why there is none.') }),
]);

/** What became of the repro of each bug, by its slug. */
const triedReprosSchema = z.record(z.string(), triedSchema);
export type TriedRepros = z.output<typeof triedReprosSchema>;

/** Where it is kept. Written by harness/repro/try-repros.ts alone, which runs them. */
export function triedReprosFile(root = projectRoot): string {
  return path.join(root, 'harness', 'repro', 'tried.json');
}

/** What became of the repros when they were tried; nothing where none was. */
export function readTriedRepros(root = projectRoot): TriedRepros {
  const file = triedReprosFile(root);
  if (!existsSync(file)) return {};
  return triedReprosSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
