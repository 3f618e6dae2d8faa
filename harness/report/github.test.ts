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

/** A false sentence that is kept, and refuted again. */
const knownToBeFalse: Result = { ...missed, claim: 'people-say-so', asWritten: true };

test('the summary tells what came out as written, what was missed first, and what did not run', () => {
  expect(renderSummary([confirmed, knownToBeFalse, missed, notRun])).toBe(`## Claims

as written | verdict | claim | cell | seconds | reason
--- | --- | --- | --- | ---: | ---
✘ **no** | refuted | BUG-002 prefork-fails | \`celery-5.6.1.solo.linux\` | 1.2 | \`add(3, 1) returned 4 \\| 100% at once\`
✔ yes | confirmed | BUG-002 solo-works | \`celery-5.6.1.solo.linux\` | 1.2 | \`1 of 1 jobs completed\`
✔ yes | refuted | BUG-002 people-say-so | \`celery-5.6.1.solo.linux\` | 1.2 | \`add(3, 1) returned 4 \\| 100% at once\`

- \`not run, 1 claim of 002: win32: this machine is linux\`
`);
});

test('in a green summary is no cross, though false sentences were refuted', () => {
  expect(renderSummary([confirmed, knownToBeFalse])).not.toContain('✘');
});

test('a false sentence that came out true is a cross', () => {
  const cameTrue: Result = { ...knownToBeFalse, verdict: 'confirmed', asWritten: false };
  expect(renderSummary([cameTrue])).toContain('✘ **no** | confirmed');
});

test('a claim that was missed is annotated at its write-up, and no other', () => {
  expect(annotations([confirmed, missed, knownToBeFalse, notRun], {})).toEqual([
    '::error file=bugs/002-celery-prefork-windows.mdx,title=BUG-002 prefork-fails::"prefork-fails" is refuted on celery-5.6.1.solo.linux: add(3, 1) returned 4 | 100%25%0Aat once',
  ]);
});

test('what had to run and did not is annotated with its reason and its name, once a reason', () => {
  const more = Array.from({ length: 30 }, (_, index) => ({
    ...notRun,
    claim: `other-${index}`,
    reason: 'no Redis; type: apt-get install redis-server',
  }));
  const [first, second, ...others] = annotations([confirmed, notRun, ...more], {
    requireRun: true,
  });
  expect(others).toEqual([]);
  expect(first).toMatch(
    /^::error title=30 claims were not run .*::no Redis; type: apt-get install redis-server%0ABUG-002 other-0 celery-5\.6\.1\.solo\.linux%0A.*%0Aand 10 more$/,
  );
  expect(second).toBe(
    '::error title=1 claim was not run and had to be (--require-run)::win32: this machine is linux%0ABUG-002 solo-works celery-5.6.1.solo.linux',
  );
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
  await reportToGithub([missed], {}, {}, out);
  expect(written).toEqual([]);
  const summary = path.join(folder, 'summary.md');
  const actions = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
  await reportToGithub([missed], {}, actions, out);
  expect(written).toHaveLength(1);
  expect(await readFile(summary, 'utf8')).toContain('BUG-002 prefork-fails');
  await rm(folder, { recursive: true, maxRetries: 5 });
});
