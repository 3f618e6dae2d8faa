import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { execa } from 'execa';
import pLimit from 'p-limit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../catalog/diagnose/diagnosis.ts';
import { readEvidence } from '../../catalog/evidence/read.ts';
import { projectRoot } from '../../catalog/project.ts';
import { makeTemporaryFolder } from '../../catalog/testing/temporary-folder.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';
import {
  accessibilityFaults,
  chromiumPath,
  complaintsOf,
  openBrowser,
} from '../testing/browser.ts';
import type { SiteProject } from '../testing/project.ts';
import { serve, type ServedSite } from '../testing/serve.ts';
import { buildWholeSite } from '../testing/whole.ts';

const patience = { timeout: 60_000 };
const unexpected = [
  '  File "/srv/celery/app/trace.py", line 1, in fast_trace_task',
  '    tasks, accept, hostname = _loc',
  'ValueError: not enough values to unpack (expected 3, got 0)',
].join('\n');
const unknown = 'RuntimeError: the roof leaks at redis://admin:hunter2@lane.prod.internal:6379/0';
const missingLock = 'Error: Missing lock for job 42. moveToFinished';

let site: SiteProject;
let served: ServedSite;
let browser: Browser;

/** What the page shows of a log: each finding with its level, and each error that nothing explains. */
interface Shown {
  findings: { bug: string; level: string; candidates: string[] }[];
  errors: number[];
}

async function frontPage(): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(served.url);
  return page;
}

async function paste(page: Page, text: string): Promise<Shown> {
  await page.evaluate(() => {
    document.querySelector('.results')?.replaceChildren();
  });
  await page.locator('#log').fill(text);
  return shown(page);
}

async function shown(page: Page): Promise<Shown> {
  await page.locator('.found').waitFor(patience);
  return page.evaluate(() => ({
    findings: [...document.querySelectorAll<HTMLElement>('.finding')].map((finding) => ({
      bug: finding.dataset.bug ?? '',
      level: finding.dataset.level ?? '',
      candidates: [...finding.querySelectorAll<HTMLElement>('li[data-bug]')].map(
        (one) => one.dataset.bug ?? '',
      ),
    })),
    errors: [...document.querySelectorAll<HTMLElement>('.unexplained li')].map((one) =>
      Number(one.dataset.line),
    ),
  }));
}

describe.skipIf(!chromiumPath)('in a browser (needs Chromium on this machine)', () => {
  beforeAll(async () => {
    site = await buildWholeSite({ POOLPROOF_REPOSITORY: 'https://github.com/lanes/bath' });
    served = await serve(site.dist);
    browser = await openBrowser(chromiumPath ?? '');
  }, 300_000);
  afterAll(async () => {
    await (browser as Browser | undefined)?.close();
    await (served as ServedSite | undefined)?.[Symbol.asyncDispose]();
    await (site as SiteProject | undefined)?.[Symbol.asyncDispose]();
  });

  it(
    'says of logs what the command says, and what board and failure groups say of jobs',
    { timeout: 300_000 },
    async () => {
      const logs = { unexpected, missingLock, unknown, ...recordedLogs(7) };
      const atOnce = pLimit(2);
      const page = await frontPage();
      const board = await toldByDashboard(Object.values(logs));
      const byCommand = Object.values(logs).map((log) => atOnce(() => diagnose(log)));
      for (const [index, [name, log]] of Object.entries(logs).entries()) {
        const onPage = await paste(page, log);
        const told = await byCommand[index];
        expect(onPage, name).toEqual(told);
        const [best] = onPage.findings;
        const { link, findings } = board[index] ?? {};
        if (!best) expect(link, name).toBeNull();
        else expect(link?.displayText, name).toContain(best.bug);
        expect(findings, name).toEqual(onPage.findings);
      }
      await page.close();
    },
  );

  it('shows the line, the fix, how sure it is and why, and leads to the page', async () => {
    const page = await frontPage();
    const complaints = complaintsOf(page, served.url);
    await paste(page, `celery@box v5.6.1 (recovery)\n${unexpected}\n${unknown}\n`);
    const finding = page.locator('.finding').first();
    expect(await finding.locator('.level').textContent()).toBe('Sure');
    expect(await finding.locator('mark').textContent()).toContain('expected 3, got 0');
    expect(await finding.locator('.place').textContent()).toBe('line 4');
    expect(await finding.locator('.why').textContent()).toMatch(/^Sure: .+\.$/);
    expect(await finding.locator('.fix').textContent()).not.toBe('');
    expect(await finding.locator('.version').textContent()).toContain('celery 5.6.1');
    expect(await page.locator('.unexplained li').count()).toBe(1);
    expect(await accessibilityFaults(page)).toEqual([]);
    await finding.locator('h3 a').click();
    await page.waitForURL(/\/bugs\/001-/, patience);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('fills in the report of an unknown error without what should not be public', async () => {
    const page = await frontPage();
    await paste(page, `celery -A app worker\n${unknown}\nbye`);
    await page.getByRole('button', { name: 'Report this failure' }).first().click();
    const form = page.getByRole('form', { name: 'Report this failure' });
    expect(await form.getByLabel('The message').inputValue()).toBe(
      'RuntimeError: the roof leaks at redis://[host]:6379/0',
    );
    await form.getByLabel('Log around it').fill('changed by the reader');
    const send = form.getByRole('link', { name: 'Open it as an issue on GitHub' });
    await send.focus();
    const address = new URL((await send.getAttribute('href')) ?? '');
    expect(address.pathname).toBe('/lanes/bath/issues/new');
    expect(address.searchParams.get('log')).toBe('changed by the reader');
    expect(address.href).not.toContain('hunter2');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.close();
  });

  it(
    'reads 100 MB that are dropped while the page goes on, and sends nothing',
    { timeout: 300_000 },
    async () => {
      await using folder = await makeTemporaryFolder('paste');
      const file = path.join(folder.path, 'worker.log');
      await writeLog(file, 100);
      const page = await frontPage();
      const sent: string[] = [];
      page.on('request', (request) => sent.push(`${request.method()} ${request.url()}`));
      // Steps of the bar can only be seen by a page that is not busy.
      await page.evaluate(() => {
        const seen = new Set<number>();
        Object.assign(globalThis, { seen });
        new MutationObserver(() => {
          const look = (): void => {
            const bar = document.querySelector<HTMLProgressElement>('paste-log progress');
            if (!bar) return;
            if (bar.position > 0 && bar.position < 1) seen.add(bar.position);
            requestAnimationFrame(look);
          };
          look();
        }).observe(document.querySelector('.results') ?? document.body, { childList: true });
      });
      await page.locator('paste-log input[type=file]').setInputFiles(file);
      await page.locator('.found').waitFor({ timeout: 240_000 });
      const { findings } = await shown(page);
      expect(findings.map(({ bug }) => bug)).toEqual(['BUG-001']);
      const steps = await page.evaluate(
        () => (globalThis as unknown as { seen: Set<number> }).seen.size,
      );
      expect(steps).toBeGreaterThan(2);
      expect(sent.filter((one) => !one.startsWith(`GET ${served.url}/`))).toEqual([]);
      await page.close();
    },
  );

  it('reads several files, packed ones too, and says which it cannot read', async () => {
    await using folder = await makeTemporaryFolder('paste');
    const files = {
      'a.log': unexpected,
      'b.log.gz': gzipSync(missingLock),
      'c.png': Uint8Array.of(1, 0, 0, 2, 0, 0),
    };
    for (const [name, content] of Object.entries(files)) {
      await writeFile(path.join(folder.path, name), content);
    }
    const page = await frontPage();
    const all = Object.keys(files).map((name) => path.join(folder.path, name));
    await page.locator('paste-log input[type=file]').setInputFiles(all);
    const { findings } = await shown(page);
    expect(findings.map(({ level }) => level)).toEqual(['sure', 'perhaps']);
    expect(await page.locator('.problem').textContent()).toContain('c.png, which is no text');
    await page.close();
  });

  it('says without JavaScript how a log is read', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(served.url);
    expect(await page.locator('paste-log').innerText()).toContain('diagnose worker.log');
    expect(await page.locator('paste-log form').isVisible()).toBe(false);
    await context.close();
  });
});

/** Logs that the harness recorded, each of another bug. */
function recordedLogs(number: number): Record<string, string> {
  const writeups = readWriteups();
  const step = Math.max(1, Math.floor(writeups.length / number));
  return Object.fromEntries(
    writeups
      .filter((_, index) => index % step === 0)
      .flatMap(({ slug, signatures }) => {
        if (signatures.length === 0) return [];
        const runs = readEvidence(slug).flatMap((one) => one.runs);
        // A worker that hangs in its call prints nothing at all.
        const log = runs
          .flatMap((run) => ('observation' in run ? [run.observation.log] : []))
          .find((lines) => lines.some((line) => line !== ''));
        return log
          ? [[slug, log.map((line) => line.replace(/^[\w@.-]+ \| ?/, '')).join('\n')]]
          : [];
      }),
  );
}

async function diagnose(log: string): Promise<Shown> {
  const { stdout } = await execa(
    process.execPath,
    [path.join(projectRoot, 'cli/poolproof.mjs'), 'diagnose', '--json'],
    { reject: false, input: log },
  );
  const { matches, unmatchedErrors } = JSON.parse(stdout) as Diagnosis;
  return {
    findings: matches.map(({ bug, level, candidates = [] }) => ({
      bug,
      level,
      candidates: candidates.map((one) => one.bug),
    })),
    errors: unmatchedErrors.map(({ line }) => line),
  };
}

interface ToldByDashboard {
  readonly link: { readonly displayText: string } | null;
  readonly findings: Shown['findings'];
}

async function toldByDashboard(logs: readonly string[]): Promise<ToldByDashboard[]> {
  const jobs = logs.map((log) => ({ failedReason: log.split(/\r?\n/).at(-1), stacktrace: [log] }));
  const program = path.join(projectRoot, 'dashboard/fixtures/print-known-bugs.ts');
  const { stdout } = await execa(process.execPath, [program], { input: JSON.stringify(jobs) });
  return JSON.parse(stdout) as ToldByDashboard[];
}

/** A log of that many megabytes with one known bug in its middle. */
async function writeLog(file: string, megabytes: number): Promise<void> {
  const healthy =
    '[2026-11-02 08:15:30,470: INFO/MainProcess] Task tasks.add[8b1d] succeeded in 0.1s: 3\n';
  const block = healthy.repeat(Math.ceil(2 ** 20 / healthy.length));
  const out = createWriteStream(file);
  for (let count = 0; count < megabytes; count += 1) {
    if (count === Math.floor(megabytes / 2)) out.write(`${unexpected}\n`);
    if (!out.write(block)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
