import { readEvidence } from '../catalog/evidence/read.ts';
import { resultsOf } from '../catalog/evidence/results.ts';
import { verdicts, type Verdict } from '../catalog/evidence/schema.ts';
import { pagePath } from '../catalog/page.ts';
import { readWriteups } from '../catalog/writeup/read.ts';
import type { Writeup } from '../catalog/writeup/schema.ts';
import type { Configure } from './command.ts';
import { print, printJson, renderTable, styled, styledVerdict } from './terminal.ts';

type Counts = Partial<Record<Verdict, number>>;

interface ListedBug {
  bug: string;
  slug: string;
  title: string;
  description: string;
  engine: string;
  status: string;
  severity: string;
  page: string;
  verdicts: Counts;
}

export const configure: Configure = (command) => {
  command.option('--json', 'print JSON').action(({ json }: { json?: true }) => {
    const bugs = readWriteups().map(toListedBug);
    if (json) printJson(bugs);
    else print(renderBugs(bugs), '', 'More of one: poolproof show 002');
  });
};

function toListedBug(writeup: Writeup): ListedBug {
  const evidence = readEvidence(writeup.slug);
  const results = writeup.claims.flatMap((claim) => resultsOf(claim, evidence));
  const counts: Counts = {};
  for (const { verdict } of results) counts[verdict] = (counts[verdict] ?? 0) + 1;
  const { id, slug, title, description, engine, status, severity } = writeup;
  const page = pagePath(slug);
  return { bug: id, slug, title, description, engine, status, severity, page, verdicts: counts };
}

function renderBugs(bugs: readonly ListedBug[]): string {
  const rows = bugs.map(({ bug, engine, status, severity, title, verdicts: counts }) => [
    styled('bold', bug),
    engine,
    status,
    severity,
    `${title}\n${renderCounts(counts)}`,
  ]);
  return renderTable(
    ['bug', 'engine', 'status', 'severity', 'title and verdicts'],
    rows,
    [9, 8, 22, 10],
  );
}

function renderCounts(counts: Counts): string {
  return verdicts
    .flatMap((verdict) => {
      const count = counts[verdict];
      return count ? [`${count} ${styledVerdict(verdict)}`] : [];
    })
    .join(', ');
}
