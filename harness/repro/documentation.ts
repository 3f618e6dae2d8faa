import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { readTriedRepros } from '../../catalog/evidence/repros.ts';
import { projectRoot } from '../../catalog/project.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';

export const reprosFile = path.join(projectRoot, 'docs', 'repros.md');

/** Which bugs have a repro and which have none, as it is committed. One that was not tried is in neither list. */
export async function formatRepros(): Promise<string> {
  const tried = readTriedRepros();
  const writeups = readWriteups();
  const having = writeups.flatMap(({ id, slug }) => {
    const one = tried[slug];
    return one !== undefined && 'claim' in one
      ? [`| ${id} | \`${one.claim}\` | \`${one.fix}\` | \`${one.cell}\` | ${one.on} |`]
      : [];
  });
  const lacking = writeups.flatMap(({ id, slug }) => {
    const one = tried[slug];
    return one !== undefined && 'why' in one ? [`| ${id} | ${one.why} |`] : [];
  });
  const text = [
    '# Repros',
    '',
    '`poolproof repro BUG DIR` writes a folder that shows a failure and its fix without poolproof. Its steps are found by replaying the scenario against what was recorded of it. `node harness/repro/try-repros.ts` does what the README of each says, in an empty folder, and writes down what became of it: the failure must show, with its message as `poolproof diagnose` reads it, and with the fix it must not. This page is made from that: `npm run docs`.',
    '',
    `## ${having.length} bugs that have one`,
    '',
    '| bug | failure | fix | where it was recorded | tried |',
    '| --- | --- | --- | --- | --- |',
    ...having,
    '',
    `## ${lacking.length} bugs that have none`,
    '',
    'The harness runs them: `poolproof harness 011`.',
    '',
    '| bug | why |',
    '| --- | --- |',
    ...lacking,
    '',
  ].join('\n');
  const config = await resolveConfig(reprosFile);
  return format(text, { ...config, filepath: reprosFile });
}
