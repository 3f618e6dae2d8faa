import { platformNames } from '../../../catalog/cell/dimensions.ts';
import { cellName } from '../../../catalog/evidence/schema.ts';
import { platforms, type Platform } from '../../../catalog/writeup/schema.ts';
import { codeCell, markdownTable } from '../../report/markdown.ts';
import type { Change, Miss } from './changes.ts';
import { formatProblem, type Problem } from '../../../catalog/problem/problem.ts';
import type { Merged } from './merge.ts';

/** So many rows a person reads in a comment; GitHub cuts comments at 65536 characters. */
const mostRows = 40;

/** What one platform brought. */
export interface PlatformCount {
  readonly platform: Platform;
  readonly turned: number;
  readonly new: number;
  readonly again: number;
  /** What did not come out as written. */
  readonly missed: number;
  readonly notRun: number;
}

/** How much changed on each platform, those alone of which something is known. */
export function countPlatforms({ changes, missed, notRun }: Merged): PlatformCount[] {
  return platforms
    .map((platform) => {
      const of = (kind: Change['kind']) =>
        changes.filter((one) => one.cell.platform === platform && one.kind === kind).length;
      return {
        platform,
        turned: of('turned'),
        new: of('new'),
        again: of('again'),
        missed: missed.filter((one) => one.cell.platform === platform).length,
        notRun: notRun
          .filter((one) => one.platform === platform)
          .reduce((sum, { cells }) => sum + cells, 0),
      };
    })
    .filter((one) => one.turned + one.new + one.again + one.missed + one.notRun > 0);
}

/** A comment for a pull request: what changed on which platform, what a person has to look at first. */
export function renderSummary(merged: Merged): string {
  const { changes, missed, notRun, machines } = merged;
  const counts = countPlatforms(merged);
  const turned = changes.filter((one) => one.kind === 'turned' || !one.asWritten);
  const news = changes.filter((one) => one.kind === 'new' && one.asWritten);
  const sections = [
    '## Evidence',
    counts.length === 0
      ? 'Nothing was run.'
      : markdownTable(
          ['platform', 'turned over:', 'new:', 'as before:', 'not as written:', 'not run:'],
          counts.map((one) => [
            platformNames[one.platform],
            ...[one.turned, one.new, one.again, one.missed, one.notRun].map(String),
          ]),
        ),
    ...section('Turned over', turned.map(changeRow), ['claim', 'cell', 'before', 'now', 'why']),
    ...section('Not as written, and not recorded therefore', missed.map(missRow), [
      'claim',
      'cell',
      'in the tree',
      'came out',
      'why',
    ]),
    ...folded(
      `${news.length} recorded for the first time, or anew where stale`,
      news.map(changeRow),
      ['claim', 'cell', 'before', 'now', 'why'],
    ),
    ...folded(
      `${notRun.reduce((sum, { cells }) => sum + cells, 0)} cells were not run`,
      notRun.map(({ platform, reason, cells }) => [
        platformNames[platform],
        String(cells),
        codeCell(reason),
      ]),
      ['platform', 'cells:', 'why'],
    ),
    `From ${machines.length} ${machines.length === 1 ? 'machine' : 'machines'}: ${machines
      .map(({ folder, system, shard, files }) =>
        [codeCell(folder), system, shard && `shard ${shard}`, `${files} files`]
          .filter(Boolean)
          .join(', '),
      )
      .join('; ')}.`,
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The same of a merge that was refused. */
export function renderRefusal(refused: readonly Problem[]): string {
  const rows = refused.map((problem) => [codeCell(formatProblem(problem))]);
  const [title, table, ...more] = section('Why', rows, ['fault']);
  return `${['## Evidence', 'Nothing was merged.', title, table, ...more].join('\n\n')}\n`;
}

function section(title: string, rows: readonly string[][], head: readonly string[]): string[] {
  return rows.length === 0 ? [] : [`### ${title}`, ...tableOf(rows, head)];
}

function folded(title: string, rows: readonly string[][], head: readonly string[]): string[] {
  if (rows.length === 0) return [];
  return [`<details><summary>${title}</summary>`, ...tableOf(rows, head), '</details>'];
}

function tableOf(rows: readonly string[][], head: readonly string[]): string[] {
  const left = rows.length - mostRows;
  return [
    markdownTable(head, rows.slice(0, mostRows)),
    ...(left > 0
      ? [`… and ${left} more: \`poolproof merge --dry-run --json DIR...\` lists all.`]
      : []),
  ];
}

function changeRow({ bug, claim, cell, before, after, reason, asWritten }: Change): string[] {
  const now = asWritten ? after : `**${after}**, not as written`;
  return [`${bug} ${claim}`, codeCell(cellName(cell)), before, now, codeCell(reason)];
}

function missRow({ bug, claim, cell, before, verdict, reason }: Miss): string[] {
  return [`${bug} ${claim}`, codeCell(cellName(cell)), before, `**${verdict}**`, codeCell(reason)];
}
