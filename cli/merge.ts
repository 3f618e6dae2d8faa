import { writeFile } from 'node:fs/promises';
import { platformNames } from '../catalog/cell/dimensions.ts';
import { cellName } from '../catalog/evidence/schema.ts';
import { BadInput } from '../catalog/problem/bad-input.ts';
import { formatProblem } from '../catalog/problem/problem.ts';
import { needsALook, planMerge, type Merged } from '../harness/record/merge/merge.ts';
import { countPlatforms, renderRefusal, renderSummary } from '../harness/record/merge/summary.ts';
import type { Configure } from './command.ts';
import { print, printJson } from './terminal.ts';

interface Options {
  dryRun?: true;
  summary?: string;
  json?: true;
}

export const configure: Configure = (command) => {
  command
    .argument('<dirs...>', 'folders that harness --record-to wrote, one for each machine or shard')
    .option('--dry-run', 'tell what would change; write nothing to harness/evidence')
    .option('--summary <file>', 'write what changed on which platform, as Markdown for a comment')
    .option('--json', 'print what changed as JSON on stdout')
    .addHelpText(
      'after',
      [
        '',
        'Writes the evidence of all folders to harness/evidence, or none of it: nothing when two folders',
        'have records of one cell that differ, when evidence is of another commit or of something that',
        'has changed since, when its label is wrong, and when a file is damaged.',
        'Exit code: 0 when it was merged and everything is as written, 1 when it was merged and a verdict',
        'turned over or a run did not come out as written, 2 when nothing was merged.',
      ].join('\n'),
    )
    .action(async (dirs: string[], { dryRun, summary, json }: Options) => {
      process.stderr.write(`reading evidence of ${dirs.length} folder(s) …\n`);
      const plan = await planMerge(dirs);
      if ('refused' in plan) {
        if (summary !== undefined) await writeSummary(summary, renderRefusal(plan.refused));
        if (json) printJson(plan);
        const faults = plan.refused.length === 1 ? '1 fault' : `${plan.refused.length} faults`;
        throw new BadInput(
          `${plan.refused.map(formatProblem).join('\n')}\nNothing was merged: ${faults}.`,
        );
      }
      const { merged, write } = plan;
      if (summary !== undefined) await writeSummary(summary, renderSummary(merged));
      if (!dryRun) await write();
      if (json) printJson({ platforms: countPlatforms(merged), ...merged });
      else print(...describe(merged, dryRun === true));
      process.exitCode = needsALook(merged) ? 1 : 0;
    });
};

/** Before evidence is: what cannot be written must not be half done. */
async function writeSummary(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new BadInput(
      `expected a file that can be written for --summary, got ${file}: ${(error as Error).message}`,
    );
  }
}

function describe(merged: Merged, isDry: boolean): string[] {
  const { changes, missed, notRun, written } = merged;
  const turned = changes.filter((one) => one.kind === 'turned' || !one.asWritten);
  return [
    ...turned.map(
      ({ bug, claim, cell, before, after, reason }) =>
        `turned over: ${bug} ${claim} ${cellName(cell)}: ${before} -> ${after} (${reason})`,
    ),
    ...missed.map(
      ({ bug, claim, cell, before, verdict, reason }) =>
        `not as written: ${bug} ${claim} ${cellName(cell)}: ${before} -> ${verdict} (${reason}); not recorded`,
    ),
    ...notRun.map(
      ({ platform, reason, cells }) =>
        `not run, ${cells} cells on ${platformNames[platform]}: ${reason}`,
    ),
    ...countPlatforms(merged).map(
      (one) =>
        `${platformNames[one.platform]}: ${one.turned} turned over, ${one.new} new, ${one.again} as before, ${one.missed} not as written, ${one.notRun} not run`,
    ),
    `${isDry ? 'would write' : 'wrote'} ${written.length} files`,
  ];
}
