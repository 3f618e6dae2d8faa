import { globSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evidence, slug, writeup } from './testing/bath.ts';
import { chromiumPath, openBrowser } from './testing/browser.ts';
import { copySite, type SiteProject } from './testing/project.ts';
import { serve } from './testing/serve.ts';

const desk = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
/** Kinds of pages, and one address of each. */
const kinds = [
  '/',
  '/bugs/',
  `/bugs/${slug}/`,
  '/matrix/',
  `/matrix/${slug}/`,
  '/how-we-test/',
  '/guides/',
];
const others = [`/evidence/${slug}/lanes-close/`, '/no-such-page/'];
/** So many that the side bar cannot show all of a topic at once. */
const crowd = 60;

let site: SiteProject;

beforeAll(async () => {
  if (!chromiumPath) return;
  site = await copySite([]);
  await site.add(
    slug,
    { ...writeup, title: 'The lanes of the bath close: LaneError [Lane 5] at noon' },
    evidence,
  );
  for (let number = 100; number < 100 + crowd; number++) {
    await site.add(`${number}-lanes-close`, { ...writeup, id: `BUG-${number}` }, []);
  }
  await site.build();
}, 400_000);
afterAll(async () => {
  await (site as SiteProject | undefined)?.[Symbol.asyncDispose]();
});

describe.skipIf(!chromiumPath)('in a browser (needs Chromium on this machine)', () => {
  it.each([...kinds, ...others])(
    '%s has a menu and a switch of the theme on a phone',
    async (address) => {
      await using page = await open(address, { viewport: phone });
      await page.at.getByRole('button', { name: 'Menu' }).click();
      await page.at
        .locator('.mobile-preferences starlight-theme-select select')
        .waitFor({ timeout: 20_000 });
      expect(
        await page.at
          .getByRole('navigation')
          .getByRole('link', { name: 'Matrix' })
          .first()
          .isVisible(),
      ).toBe(true);
    },
  );

  it('keeps the counts of the side bar at one edge, each beside its name', async () => {
    await using page = await open('/bugs/', { viewport: desk });
    const places = await page.at.locator('.sidebar-content .sl-badge').evaluateAll((badges) =>
      badges.map((badge) => {
        const { right, top } = badge.getBoundingClientRect();
        const name = badge.previousElementSibling?.getBoundingClientRect();
        return { right, isBeside: name !== undefined && top < name.top + 20 };
      }),
    );
    expect(places.length).toBeGreaterThan(0);
    expect(places.every(({ isBeside }) => isBeside)).toBe(true);
    expect(new Set(places.map(({ right }) => Math.round(right))).size).toBe(1);
  });

  it('shows title, cause and the whole fix without scrolling', async () => {
    await using page = await open(`/bugs/${slug}/`, { viewport: desk });
    const bottom = await page.at
      .locator('.quick-fix')
      .evaluate((one) => one.getBoundingClientRect().bottom);
    expect(bottom).toBeLessThan(desk.height);
  });

  it.each([320, 390, 500, 700, 1280])(
    'breaks no heading within brackets, %d px wide',
    async (width) => {
      await using page = await open(`/bugs/${slug}/`, { viewport: { width, height: 900 } });
      const lines = await page.at
        .locator('h1 .whole')
        .evaluate((one) => one.getClientRects().length);
      expect(lines).toBe(1);
    },
  );

  it.each([desk, phone])(
    'keeps code clear of the button that copies it, $width px wide',
    async (viewport) => {
      await using page = await open(`/bugs/${slug}/`, { viewport });
      const covered = await page.at.evaluate(() =>
        [...document.querySelectorAll('.expressive-code .frame')].some((frame) => {
          const code = frame.querySelector('pre')?.getBoundingClientRect();
          const button = frame.querySelector('.copy button')?.getBoundingClientRect();
          return code === undefined || button === undefined || code.right > button.left;
        }),
      );
      expect(covered).toBe(false);
    },
  );

  it('scrolls the side bar to the current bug, and lists those of its topic alone', async () => {
    await using page = await open(`/bugs/${100 + crowd - 1}-lanes-close/`, { viewport: desk });
    const current = page.at.locator('#starlight__sidebar a[aria-current="page"]');
    const { top, bottom } = await current.evaluate(
      (one) => one.getBoundingClientRect().toJSON() as DOMRect,
    );
    expect(top).toBeGreaterThan(0);
    expect(bottom).toBeLessThan(desk.height);
    expect(await page.at.evaluate(() => scrollY)).toBe(0);
  });

  it('has no bug in the side bar of a page that is about none', async () => {
    await using page = await open('/bugs/', { viewport: desk });
    expect(await page.at.locator('#starlight__sidebar a[href$="-lanes-close/"]').count()).toBe(0);
  });

  it('narrows the list of bugs to the words that are typed', async () => {
    await using page = await open('/bugs/', { viewport: desk });
    await page.at.getByLabel('Filter 61 bugs').fill('LaneError [lane');
    await page.at.getByText('1 found').waitFor({ timeout: 20_000 });
    expect(await page.at.locator('.bugs li:visible').count()).toBe(1);
  });

  it('prints light, whatever is on the screen', async () => {
    await using page = await open(`/bugs/${slug}/`, { viewport: desk, colorScheme: 'dark' });
    const theme = () => page.at.evaluate(() => document.documentElement.dataset.theme);
    expect(await theme()).toBe('dark');
    await page.at.emulateMedia({ media: 'print' });
    await page.at.waitForFunction(() => document.documentElement.dataset.theme === 'light', {
      timeout: 20_000,
    });
    await page.at.emulateMedia({ media: 'screen' });
    await page.at.waitForFunction(() => document.documentElement.dataset.theme === 'dark', {
      timeout: 20_000,
    });
  });

  it('leads from the address that a run once had to the run, opened', async () => {
    const old = globSync(`evidence/${slug}/lanes-close.*/index.html`, { cwd: site.dist })[0] ?? '';
    await using page = await open(`/${path.dirname(old).split(path.sep).join('/')}/`, {
      viewport: desk,
    });
    await page.at.waitForURL(/lanes-close\/#celery-/, { timeout: 20_000 });
    await page.at.locator('details[open] .body:target').waitFor({ timeout: 20_000 });
  });
});

async function open(
  address: string,
  look: { viewport: typeof desk; colorScheme?: 'dark' },
): Promise<AsyncDisposable & { at: Page }> {
  const served = await serve(site.dist);
  const browser = await openBrowser(chromiumPath ?? '');
  const at = await browser.newPage(look);
  await at.goto(served.url + address);
  return {
    at,
    async [Symbol.asyncDispose]() {
      await browser.close();
      await served[Symbol.asyncDispose]();
    },
  };
}
