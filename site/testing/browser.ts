import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';

/* eslint-disable portable/no-posix-path -- the usual places on each platform */
const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
/* eslint-enable portable/no-posix-path */

/** The Chromium of this machine, if it has one. */
export const chromiumPath = places.find((place) => existsSync(place));

/** Starts it without a window, and without what it would fetch by itself. */
export function openBrowser(executablePath: string): Promise<Browser> {
  const quiet = ['background-networking', 'component-update', 'sync'];
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      ...quiet.map((x) => `--disable-${x}`),
    ],
  });
}

/** Collects what a page complains of: errors, refusals of the policy, requests to another address. */
export function complaintsOf(page: Page, url: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`)) complaints.push(`${page.url()}: ${request.url()}`);
  });
  return complaints;
}

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Expressive Code makes what scrolls reachable by keyboard when the browser is idle. */
function scrollableBlocksAreReachable(): boolean {
  return [...document.querySelectorAll<HTMLElement>('.expressive-code pre')].every(
    (block) => block.scrollWidth <= block.clientWidth || block.tabIndex === 0,
  );
}

/** Starlight names its search button by what it does, and leaves the shortcut it shows to aria-keyshortcuts. */
const scope = { exclude: ['site-search button[data-open-modal]'] };

const options = {
  rules: {
    // Expressive Code makes a region of each block that scrolls, and names none.
    'landmark-unique': { enabled: false },
    // The corner of a table with headings on two sides has nothing to say.
    'empty-table-header': { enabled: false },
  },
};

/**
 * What axe finds wrong with a page once its code blocks are set up, as `rule: element`.
 * @param runOnly the rules to ask; all by default.
 */
export async function accessibilityFaults(page: Page, runOnly?: string[]): Promise<string[]> {
  await page.waitForFunction(scrollableBlocksAreReachable, { timeout: 20_000 });
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(${JSON.stringify(scope)}, ${JSON.stringify({ ...options, ...(runOnly && { runOnly }) })})`,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
