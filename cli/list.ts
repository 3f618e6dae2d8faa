import { readEvidence } from '../catalog/evidence/read.ts';
import { Sources } from '../catalog/evidence/digest.ts';
import { pagePath } from '../catalog/page.ts';
import { resultsOf, shownVerdicts, type ShownVerdict } from '../catalog/verdict/results.ts';
import { whatRan, type WhatRan } from '../catalog/verdict/what-ran.ts';
import { readValidWriteups } from '../catalog/writeup/read.ts';
import type { Writeup } from '../catalog/writeup/schema.ts';
import type { Configure } from './command.ts';
import { reportInvalid } from './invalid.ts';
import { print, printJson, renderTable, styled, styledVerdict } from './terminal.ts';

type Counts = Partial<Record<ShownVerdict, number>>;

interface ListedBug {
  bug: string;
  slug: string;
  title: string;
  description: string;
  engine: string;
  status: string;
  severity: string;
  page: string;
  /** How many cells came to each verdict. */
  verdicts: Counts;
  /** What the claim that shows the fix to work came to, and where. */
  fix: { claim: string; verdict: ShownVerdict; everywhere: boolean; whatRan: string };
}

export const configure: Configure = (command) => {
  command.option('--json', 'print JSON').action(({ json }: { json?: true }) => {
    const { writeups, problems } = readValidWriteups();
    reportInvalid(problems);
    const sources = new Sources();
    const bugs = writeups.map((writeup) => toListedBug(writeup, sources));
    if (json) printJson(bugs);
    else print(renderBugs(bugs), '', 'More of one: poolproof show 002');
  });
};

function toListedBug(writeup: Writeup, sources: Sources): ListedBug {
  const results = resultsOf(writeup, readEvidence(writeup.slug), sources);
  const counts: Counts = {};
  for (const { verdict } of results) counts[verdict] = (counts[verdict] ?? 0) + 1;
  const { id, slug, title, description, engine, status, severity } = writeup;
  return {
    bug: id,
    ...{ slug, title, description, engine, status, severity },
    page: pagePath(slug),
    verdicts: counts,
    fix: fixOf(writeup, results),
  };
}

function fixOf({ claims, fix }: Writeup, results: ReturnType<typeof resultsOf>): ListedBug['fix'] {
  const claim = claims.find(({ id }) => id === fix.claim);
  const ran: WhatRan | undefined =
    claim &&
    whatRan(
      claim,
      results.filter((one) => one.claim.id === claim.id),
    );
  return {
    claim: fix.claim,
    verdict: ran?.verdict ?? 'not run',
    everywhere: ran?.everywhere ?? false,
    whatRan: ran?.words ?? 'not run',
  };
}

function renderBugs(bugs: readonly ListedBug[]): string {
  const rows = bugs.map(({ bug, engine, status, severity, title, verdicts: counts, fix }) => [
    styled('bold', bug),
    engine,
    status,
    severity,
    `${title}\n${renderCounts(counts)}\nfix: ${fix.whatRan}`,
  ]);
  return renderTable(
    ['bug', 'engine', 'status', 'severity', 'title and verdicts'],
    rows,
    [9, 8, 22, 10],
  );
}

function renderCounts(counts: Counts): string {
  return shownVerdicts
    .flatMap((verdict) => {
      const count = counts[verdict];
      return count ? [`${count} ${styledVerdict(verdict)}`] : [];
    })
    .join(', ');
}
