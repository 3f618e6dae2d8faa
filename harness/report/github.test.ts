import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { annotations, renderSummary, reportToGithub } from './github.ts';
import type { Result } from './result.ts';

const confirmed: Result = {
  bug: 'BUG-002',
  slug: '002-celery-prefork-windows',
  claim: 'solo-works',
  says: 'The solo pool completes tasks',
  cell: { engine: 'celery', version: '5.6.1', pool: 'solo', platform: 'linux', launch: 'plain' },
  verdict: 'confirmed',
  reason: '1 of 1 jobs completed',
  asWritten: true,
  durationMs: 1234,
};
const missed: Result = {
  ...confirmed,
  claim: 'prefork-fails',
  verdict: 'refuted',
  reason: 'add(3, 1) returned 4 | 100%\nat once',
  asWritten: false,
};
const notRun: Result = {
  ...confirmed,
  verdict: 'not run',
  reason: 'win32: this machine is linux',
};

test('the summary is one Markdown table and the reasons of what did not run', () => {
  expect(renderSummary([confirmed, missed, notRun])).toBe(`## Claims

verdict | claim | cell | seconds | reason
--- | --- | --- | ---: | ---
✔ confirmed | BUG-002 solo-works | \`celery-5.6.1.solo.linux\` | 1.2 | 1 of 1 jobs completed
✘ refuted | BUG-002 prefork-fails | \`celery-5.6.1.solo.linux\` | 1.2 | add(3, 1) returned 4 \\| 100% at once

not run, 1 claim of 002: win32: this machine is linux
`);
});

test('a claim that was missed is annotated at its write-up, and no other', () => {
  expect(annotations([confirmed, missed, notRun])).toEqual([
    '::error file=bugs/002-celery-prefork-windows.mdx,title=BUG-002 prefork-fails::"prefork-fails" is refuted on celery-5.6.1.solo.linux: add(3, 1) returned 4 | 100%25%0Aat once',
  ]);
});

test('outside GitHub Actions nothing is written', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'poolproof-github-'));
  const written: string[] = [];
  const out = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  await reportToGithub([missed], {}, out);
  expect(written).toEqual([]);
  const summary = path.join(folder, 'summary.md');
  await reportToGithub([missed], { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary }, out);
  expect(written).toHaveLength(1);
  expect(await readFile(summary, 'utf8')).toContain('BUG-002 prefork-fails');
  await rm(folder, { recursive: true, maxRetries: 5 });
});
