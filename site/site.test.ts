import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evidence, pageOf, slug, writeup } from './testing/bath.ts';
import { accessibilityFaults, chromiumPath, complaintsOf, openBrowser } from './testing/browser.ts';
import { deadLinksOfSite } from '../lint/links/dead-links.ts';
import { loadsFromElsewhere } from './testing/elsewhere.ts';
import { copySite, type SiteProject } from './testing/project.ts';
import { serve } from './testing/serve.ts';

/** A write-up of the repository that has tables, every kind of launch, and runs on more than one platform. */
const real = '002-celery-prefork-windows';
let site: SiteProject;

beforeAll(async () => {
  site = await copySite([real]);
  await site.add(slug, writeup, evidence);
  await site.build();
}, 400_000);
afterAll(() => site[Symbol.asyncDispose]());

const file = (name: string) => readFile(path.join(site.dist, name), 'utf8');
const pageFiles = () => globSync('**/*.html', { cwd: site.dist });

/** The text of a page without its tags, white space drawn together. */
async function text(page: string): Promise<string> {
  const html = await file(path.join(page, 'index.html'));
  const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  return main.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
}

describe('the built pages', () => {
  it('are there for every write-up, its matrix and each of its claims with evidence', () => {
    const pages = pageFiles().map((page) => page.split(path.sep).join('/'));
    for (const each of [real, slug]) {
      expect(pages).toContain(`bugs/${each}/index.html`);
      expect(pages).toContain(`matrix/${each}/index.html`);
    }
    for (const { claim } of evidence) {
      expect(pages).toContain(`evidence/${slug}/${claim}/index.html`);
    }
  });

  it('lead from where the page of a single run once was to its place', async () => {
    const old = `evidence/${slug}/lanes-close.celery-1.0.0.prefork.linux.spawn/index.html`;
    expect(await file(old)).toContain(
      `url=/evidence/${slug}/lanes-close/#celery-1.0.0.prefork.linux.spawn`,
    );
  });

  it('have no link that leads nowhere', async () => {
    const { dead } = await deadLinksOfSite(site.dist);
    // The write-up was taken out of its company.
    expect(dead.filter(({ link }) => !/bugs\/0\d\d-/.test(link))).toEqual([]);
  });

  it('load nothing from another address', async () => {
    for (const name of globSync('**/*.{html,css}', { cwd: site.dist })) {
      expect(loadsFromElsewhere(await file(name)), name).toEqual([]);
    }
  });

  it('show every verdict, with what a reader must know of it', async () => {
    const page = await text(`bugs/${slug}`);
    expect(page).toContain('Reproduced 1 Feb 2026 with celery 1.0.0 on Linux, spawn emulated');
    expect(page).toContain('9 sentences of this page can be tested');
    expect(page).toContain('Not as this page says came out: lanes-close');
    expect(page).toContain('unstable · 7 of 10');
    expect(page).toContain('1 refuted · as known');
    expect(page).toContain('1 of 1 jobs completed.');
    expect(page).toContain('No run is recorded yet.');
    expect(page).toContain('confirmed on Wine, not run on Windows');
    expect(page).toContain('Stale: what 1 claim was recorded from has changed since');
    expect(page).toContain('The sentence has changed since.');
    expect(page).toContain('False. The water of this bath is cold at every hour.');
    expect(await file(`bugs/${slug}/index.html`)).toMatch(
      /<s[^>]*>The sentence of water-warms<\/s>/,
    );
  });

  it('label Wine and emulation wherever a result stands', async () => {
    for (const page of [`bugs/${slug}`, `matrix/${slug}`, pageOf('lanes-flap')]) {
      expect(await text(page), page).toContain('Wine not Windows itself');
    }
    for (const page of [`bugs/${slug}`, `matrix/${slug}`, pageOf('lanes-close')]) {
      expect(await text(page), page).toContain('Linux emulated: spawn');
    }
  });

  it('never give a failure the colour of health, nor hide that evidence is stale', async () => {
    const matrix = await file(`matrix/${slug}/index.html`);
    const cells = [...matrix.matchAll(/<a class="cell (\w+)[^>]*>[\s\S]*?<\/svg>([^<]*)/g)];
    const shown = new Set(
      cells.map(([, tone, text]) => `${tone ?? ''}: ${text?.replaceAll(/\s+/g, ' ').trim() ?? ''}`),
    );
    expect([...shown].toSorted()).toEqual([
      'fails: fails',
      'stale: stale',
      'unknown: works',
      'unstable: works 7/10',
      'works: works',
    ]);
    expect(await text(`matrix`)).toContain('1 stale');
    expect(await text(`bugs`)).toContain('stale');
  });

  it('mark the line of the log that shows the failure', async () => {
    const html = await file(path.join(pageOf('lanes-close'), 'index.html'));
    expect(html).toMatch(/The signature stands in\s+<a[^>]*>line 3</);
    expect(html).toMatch(/<li id="[\w.-]+-L3" class="[^"]*telling/);
    expect(html).not.toMatch(/<li id="[\w.-]+-L2" class="[^"]*telling/);
  });

  it('offer the evidence as it was recorded', async () => {
    for (const one of evidence) {
      const json = globSync(`evidence/${slug}/${one.claim}.*.json`, { cwd: site.dist });
      const read = await Promise.all(
        json.map(async (name) => JSON.parse(await file(name)) as unknown),
      );
      expect(read).toContainEqual({ ...one, recordedFrom: expect.anything() as unknown });
    }
  });
});

const looks: (BrowserContextOptions & {
  name: string;
  viewport: { width: number; height: number };
  rules?: string[];
})[] = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1360, height: 900 } },
  {
    name: 'dark',
    colorScheme: 'dark',
    viewport: { width: 1360, height: 900 },
    // Only the colours differ from the light look.
    rules: ['color-contrast'],
  },
  { name: 'on a phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
];

const eventful = pageOf('lanes-close');

describe.skipIf(!chromiumPath)('in a browser (needs Chromium on this machine)', () => {
  /** Every page; of the pages of evidence, one that shows each thing there is. */
  const addresses = () =>
    pageFiles()
      .map(
        (name) =>
          `/${name
            .split(path.sep)
            .join('/')
            .replace(/index\.html$/, '')}`,
      )
      .filter((page) => !page.startsWith('/evidence/') || page === eventful)
      // Addresses by number lead away at once: see the test of its own.
      .filter((page) => !/^\/bugs\/[^/]*\d\/$/.test(page));

  it.each(looks)(
    'has no fault that axe finds, $name',
    { timeout: 300_000 },
    async ({ rules, ...look }) => {
      await using served = await serve(site.dist);
      await using browser = await openBrowser(chromiumPath ?? '');
      const page = await browser.newPage(look);
      const complaints = complaintsOf(page, served.url);
      for (const address of addresses()) {
        await page.goto(served.url + address);
        expect(await accessibilityFaults(page, rules), address).toEqual([]);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width, `width of ${address}`).toBeLessThanOrEqual(look.viewport.width);
      }
      expect(complaints).toEqual([]);
    },
  );

  it('is led to a bug by its number, without a fault', async () => {
    await using served = await serve(site.dist);
    await using browser = await openBrowser(chromiumPath ?? '');
    for (const number of [slug.split('-', 1)[0] ?? '', `BUG-${slug.split('-', 1)[0] ?? ''}`]) {
      const page = await browser.newPage({});
      const complaints = complaintsOf(page, served.url);
      await page.goto(`${served.url}/bugs/${number}/`);
      await page.waitForURL(`${served.url}/bugs/${slug}/`, { timeout: 20_000 });
      await page.waitForLoadState('load');
      expect(complaints).toEqual([]);
      await page.close();
    }
  });

  it('finds a bug by its error message, with the search of the header, without a mouse', async () => {
    await using served = await serve(site.dist);
    await using browser = await openBrowser(chromiumPath ?? '');
    const page = await browser.newPage();
    const complaints = complaintsOf(page, served.url);
    await page.goto(served.url);
    await page.keyboard.press('Control+K');
    const field = page.locator('#starlight__search input');
    await field.waitFor({ timeout: 20_000 });
    await field.fill('LaneError: lane 7 is closed');
    const found = page.locator('dialog a', { hasText: writeup.title });
    await found.first().waitFor({ timeout: 20_000 });
    expect(await found.first().getAttribute('href')).toBe(`/bugs/${slug}/`);
    expect(complaints).toEqual([]);
  });

  it('opens a claim that was not run when a link leads to it', async () => {
    await using served = await serve(site.dist);
    await using browser = await openBrowser(chromiumPath ?? '');
    const page = await browser.newPage();
    await page.goto(`${served.url}/bugs/${slug}/`);
    expect(await page.locator('#water-freezes').isVisible()).toBe(false);
    await page.goto(`${served.url}/bugs/${slug}/#water-freezes`);
    await page
      .locator('#water-freezes')
      .getByText('No run is recorded yet.')
      .waitFor({ timeout: 20_000 });
  });

  it('copies the fix', async () => {
    await using served = await serve(site.dist);
    await using browser = await openBrowser(chromiumPath ?? '');
    const context = await browser.newContext({
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    await page.goto(`${served.url}/bugs/${slug}/`);
    await page.getByTitle('Copy to clipboard').first().click();
    await page.getByText('Copied!').first().waitFor({ timeout: 20_000 });
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(writeup.fix.code);
  });
});
