import { readEvidence } from '../catalog/evidence/read.ts';
import { resultsOf, type ClaimResult } from '../catalog/evidence/results.ts';
import { cellName } from '../catalog/evidence/schema.ts';
import { pagePath } from '../catalog/page.ts';
import { findWriteup } from '../catalog/writeup/find.ts';
import { readWriteups } from '../catalog/writeup/read.ts';
import type { Writeup } from '../catalog/writeup/schema.ts';
import type { Configure } from './command.ts';
import { print, printJson, renderTable, styled, styledVerdict } from './terminal.ts';

export const configure: Configure = (command) => {
  command
    .argument('<bug>', 'a bug by number, id or slug: 002, BUG-002')
    .option('--json', 'print JSON')
    .action((bug: string, { json }: { json?: true }) => {
      const writeup = findWriteup(readWriteups(), bug);
      const evidence = readEvidence(writeup.slug);
      const results = writeup.claims.flatMap((claim) => resultsOf(claim, evidence));
      if (json)
        printJson({ ...writeup, page: pagePath(writeup.slug), results: results.map(toJson) });
      else print(render(writeup, results));
    });
};

function toJson({ claim, cell, verdict, evidence }: ClaimResult) {
  const { reason, observation } = evidence ?? {};
  return { claim: claim.id, cell, verdict, reason, testedAt: observation?.startedAt };
}

function render(writeup: Writeup, results: readonly ClaimResult[]): string {
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
    ...section('Claims', renderClaims(results)),
    '',
    `Whole write-up: ${file}, and ${pagePath(writeup.slug)} of poolproof start`,
    `Test it here:   poolproof harness ${id.replace('BUG-', '')}`,
  ].join('\n');
}

function renderClaims(results: readonly ClaimResult[]): string {
  const rows = [...Map.groupBy(results, ({ claim }) => claim)].map(([claim, ofClaim]) => {
    const byVerdict = [...Map.groupBy(ofClaim, ({ verdict }) => verdict)];
    const told = byVerdict.map(
      ([verdict, some]) => `${verdict}: ${some.map(renderCell).join(', ')}`,
    );
    const truth = claim.truth ? [`In truth: ${claim.truth}`] : [];
    return [
      byVerdict.map(([verdict]) => styledVerdict(verdict)).join('\n'),
      [claim.says, ...truth, ...told].join('\n'),
    ];
  });
  return renderTable(['verdict', 'claim'], rows, [12]);
}

function renderCell({ cell, evidence }: ClaimResult): string {
  const day = evidence?.observation.startedAt.slice(0, 10);
  return day ? `${cellName(cell)} (${day})` : cellName(cell);
}

function section(heading: string, ...lines: string[]): string[] {
  return ['', styled('bold', heading), ...lines];
}

function indent(line: string): string {
  return `    ${line}`;
}
