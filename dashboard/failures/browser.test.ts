import { expect, test } from 'vitest';
import { startEmbeddedPostgres } from '../../worker/postgres/embedded.ts';
import { startFailingQueues } from '../fixtures/failing-queues.ts';
import { complaintsOf, look, openBrowser, whyNoBrowser } from '../testing/browser.ts';

test('a group of failures, its known bug, its retry', async ({ skip }) => {
  if (whyNoBrowser !== undefined) skip(whyNoBrowser);
  await using broker = await startEmbeddedPostgres();
  await using failing = await startFailingQueues(broker.url, ['lanes', 'pumps']);
  await failing.fail('lanes', ...Array.from({ length: 12 }, (_, n) => `The pump lost lane ${n}`));
  await failing.fail('pumps', 'The pump lost lane 77', 'The roof leaks at redis://:hunter2@lane:1');
  await using browser = await openBrowser();
  const page = await browser.newPage();
  const complaints = complaintsOf(page, failing.url);

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
