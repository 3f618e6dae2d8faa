import { cellName } from '../catalog/evidence/schema.ts';
import { pagePath } from '../catalog/page.ts';
import { readResults, type ClaimResult } from '../catalog/verdict/results.ts';
import { readJudgedBisections, type JudgedBisection } from '../catalog/verdict/bisection.ts';
import { whatRan } from '../catalog/verdict/what-ran.ts';
import { findWriteup } from '../catalog/writeup/find.ts';
import { readValidWriteups } from '../catalog/writeup/read.ts';
import type { Writeup } from '../catalog/writeup/schema.ts';
import type { Configure } from './command.ts';
import { reportInvalid } from './invalid.ts';
import { print, printJson, renderTable, styled, styledVerdict } from './terminal.ts';

export const configure: Configure = (command) => {
  command
    .argument('<bug>', 'a bug by number, id or slug: 002, BUG-002')
    .option('--json', 'print JSON')
    .action((bug: string, { json }: { json?: true }) => {
      const { writeups, problems } = readValidWriteups();
      reportInvalid(problems);
      const writeup = findWriteup(writeups, bug);
      const results = readResults(writeup);
      const measured = readJudgedBisections(writeup);
      if (json) printJson({ ...toJson(writeup, results), measured });
      else print(render(writeup, results, measured));
    });
};

function toJson(writeup: Writeup, results: readonly ClaimResult[]) {
  const summaries = writeup.claims.map((claim) => {
    const { verdict, everywhere, words, platforms } = whatRan(claim, ofClaim(results, claim.id));
    return { claim: claim.id, verdict, everywhere, whatRan: words, platforms };
  });
  return {
    ...writeup,
    page: pagePath(writeup.slug),
    summaries,
    results: results.map(({ claim, cell, verdict, reason, judged, stale }) => ({
      claim: claim.id,
      ...{ cell, verdict, reason },
      stale: stale ?? null,
      runs: judged?.runs ?? null,
      outcome: judged?.outcome ?? null,
      control: judged?.control ?? null,
      asWritten: judged?.asWritten ?? null,
      testedAt: judged?.observation?.startedAt ?? null,
    })),
  };
}

function ofClaim(results: readonly ClaimResult[], id: string): ClaimResult[] {
  return results.filter(({ claim }) => claim.id === id);
}

function render(
  writeup: Writeup,
  results: readonly ClaimResult[],
  measured: readonly JudgedBisection[],
): string {
  const { id, title, status, engine, severity, reported, symptom, fix, signatures, seen, file } =
    writeup;
  return [
    styled('bold', `${id}  ${title}`),
    `${status} · ${engine} · ${severity} severity · reported ${reported}`,
    ...section('Symptom', symptom),
    ...section('Fix', fix.summary, '', ...fix.code.trimEnd().split(/\r?\n/).map(indent)),
    ...section(
      signatures.length > 0 ? 'Messages' : 'No message. What can be observed',
      ...signatures.map(({ template }) => indent(template)),
      ...seen.map(({ what, metric, is }) => indent(`${what} (${metric} ${is})`)),
    ),
    ...(measured.length > 0
      ? section('Versions', ...measured.map((one) => indent(renderMeasured(one))))
      : []),
    ...section('Claims', renderClaims(results)),
    '',
    `Whole write-up: ${file}, and ${pagePath(writeup.slug)} of poolproof start`,
    `Test it here:   poolproof harness ${id.replace('BUG-', '')}`,
  ].join('\n');
}

function renderMeasured({ claim, engine, words, stale }: JudgedBisection): string {
  return stale === undefined
    ? `${claim}, measured: ${engine} ${words}`
    : `${claim}: measured before, and stale now: ${stale}`;
}

function renderClaims(results: readonly ClaimResult[]): string {
  const rows = [...Map.groupBy(results, ({ claim }) => claim)].map(([claim, ofClaim]) => {
    const byVerdict = [...Map.groupBy(ofClaim, ({ verdict, stale }) => stale ?? verdict)];
    const told = byVerdict.map(([what, some]) => `${what}: ${some.map(renderCell).join(', ')}`);
    const truth = claim.truth ? [`In truth: ${claim.truth}`] : [];
    const { verdict, everywhere, words } = whatRan(claim, ofClaim);
    // What did not run everywhere is not confirmed there: the column says so, too.
    const mark = `${styledVerdict(verdict)}${everywhere ? '' : styled('dim', ' in part')}`;
    return [mark, [claim.says, words, ...truth, ...told].join('\n')];
  });
  return renderTable(['verdict', 'claim'], rows, [20]);
}

function renderCell({ cell, judged }: ClaimResult): string {
  const day = judged?.observation?.startedAt.slice(0, 10);
  return day ? `${cellName(cell)} (${day})` : cellName(cell);
}

function section(heading: string, ...lines: string[]): string[] {
  return ['', styled('bold', heading), ...lines];
}

function indent(line: string): string {
  return `    ${line}`;
}
