import { cellName } from '../../catalog/evidence/schema.ts';
import { codeCell, markdownTable } from '../report/markdown.ts';
import type { Compared } from './compare.ts';
import type { Watched } from './watch.ts';

/** What became of the claims at new versions, for the text of a pull request. */
export function renderWatched(watched: readonly Watched[]): string {
  if (watched.length === 0) return '## New versions\n\nThere is none.\n';
  return `${['## New versions', ...watched.flatMap(renderOne)].join('\n\n')}\n`;
}

function renderOne({ engine, version, named, compared }: Watched): string[] {
  const of = (is: Compared['is']) => compared.filter((one) => one.is === is);
  const turned = of('turned');
  const unsure = of('unsure');
  return [
    `### ${engine} ${version}`,
    `${turned.length} of ${compared.length} verdicts turned over against ${named}; ${of('same').length} are the same, ${unsure.length} cannot be compared.`,
    ...(turned.length === 0 ? [] : [table(turned)]),
    ...(unsure.length === 0
      ? []
      : ['<details><summary>Not compared</summary>', table(unsure), '</details>']),
  ];
}

function table(compared: readonly Compared[]): string {
  const rows = compared.map(({ bug, claim, cell, before, after, reason }) => [
    `${bug} ${claim}`,
    codeCell(cellName(cell)),
    before,
    after,
    codeCell(reason),
  ]);
  return markdownTable(['claim', 'cell', 'before', 'now', 'why'], rows);
}
