import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import { chromium, type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { startEmbeddedPostgres } from '../../worker/postgres/embedded.ts';
import { startFailingQueues } from '../fixtures/failing-queues.ts';

// eslint-disable-next-line portable/no-posix-path -- where Debian has it; elsewhere the variable names another
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const pictures = process.env.POOLPROOF_PICTURES;

async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** Looks at a page in both themes, wide and narrow: nothing sticks out, and axe finds nothing. */
async function look(page: Page, name: string): Promise<void> {
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

test('a group of failures, its known bug, its retry', async ({ skip }) => {
  if (!existsSync(executablePath)) skip(`needs Chromium, and there is none at ${executablePath}`);
  await using broker = await startEmbeddedPostgres();
  await using failing = await startFailingQueues(broker.url, ['lanes', 'pumps']);
  await failing.fail('lanes', ...Array.from({ length: 12 }, (_, n) => `The pump lost lane ${n}`));
  await failing.fail('pumps', 'The pump lost lane 77', 'The roof leaks at redis://:hunter2@lane:1');
  await using browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('request', (request) => {
    if (!request.url().startsWith(failing.url)) complaints.push(request.url());
  });

  await page.goto(`${failing.url}/ops/failures`);
  expect(await page.locator('#window').textContent()).toContain('Looked at 14 of 14 failed jobs');
  const group = page.locator('.group', { hasText: 'The pump lost lane' });
  expect(await group.locator('.count').textContent()).toBe('13');
  expect(await group.locator('.known').textContent()).toContain('BUG-900 The pump loses lanes');
  await group.getByText('Details').click();
  await group.locator('[data-bug=BUG-900] pre').waitFor();
  expect(await group.locator('.verdict').textContent()).toContain('worker unknown');

  const unknown = page.locator('.group', { hasText: 'The roof leaks' });
  await unknown.getByText('Details').click();
  await unknown.getByText('Report this failure').click();
  const message = unknown.getByLabel('The message');
  expect(await message.inputValue()).toBe('The roof leaks at redis://[host]:1');
  await look(page, 'failures');

  // What fails while the page is open appears by itself, and what was unfolded stays so.
  await failing.fail('lanes', 'The pump lost lane 99');
  await expect.poll(() => group.locator('.count').textContent(), { timeout: 20_000 }).toBe('14');
  expect(await group.locator('[data-bug=BUG-900] pre').isVisible()).toBe(true);

  failing.repair();
  await group.getByRole('button', { name: /^Retry/ }).click();
  const dialog = page.getByRole('dialog');
  await look(page, 'confirm');
  await dialog.getByRole('button', { name: 'Retry 14 failed jobs' }).click();
  await dialog.getByText('Retry: 14 of 14 done').waitFor();
  await look(page, 'retried');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await group.waitFor({ state: 'detached' });
  await expect.poll(() => failing.queue('lanes').getCompletedCount(), { timeout: 20_000 }).toBe(13);

  await page.getByLabel('Known bugs').selectOption('known');
  await page.getByText('No group fits the filter.').waitFor();
  expect(new URL(page.url()).search).toBe('?known=known');
  await page.goto(`${failing.url}/ops/failures`);
  await unknown.getByText('Details').click();
  await unknown.getByRole('link', { name: /^pump \d/ }).click();
  await page.getByRole('button', { name: 'Retry this job' }).waitFor();
  await look(page, 'job');
  expect(complaints).toEqual([]);
});
