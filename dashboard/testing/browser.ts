import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { expect } from 'vitest';

// eslint-disable-next-line portable/no-posix-path -- where Debian has it; elsewhere the variable names another
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
/** Where pictures of pages are put, for those who look at them. */
const pictures = process.env.POOLPROOF_PICTURES;

/** Why tests with a browser cannot run here; undefined when they can. */
export const whyNoBrowser = existsSync(executablePath)
  ? undefined
  : `needs Chromium, and there is none at ${executablePath}`;

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** Collects what a page complains of: errors, refusals of the policy, requests to another address. */
export function complaintsOf(page: Page, url: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) complaints.push(request.url());
  });
  return complaints;
}

/** What axe finds wrong with a page: the rule, and the element. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** Looks at a page in both themes, wide and narrow: nothing sticks out, and axe finds nothing. */
export async function look(page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await page.evaluate((value) => {
      document.documentElement.dataset.theme = value;
    }, theme);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, `${name} ${theme} ${width}`).toBeLessThanOrEqual(width);
      expect(await faultsOf(page), `${name} ${theme} ${width}`).toEqual([]);
      if (pictures) {
        await page.screenshot({
          path: `${pictures}/${name}-${theme}-${width}.png`,
          fullPage: true,
        });
      }
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}
