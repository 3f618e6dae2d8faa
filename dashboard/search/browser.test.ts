import { expect, test } from 'vitest';
import { startEmbeddedPostgres } from '../../worker/postgres/embedded.ts';
import { startFailingQueues } from '../fixtures/failing-queues.ts';
import { complaintsOf, look, openBrowser, whyNoBrowser } from '../testing/browser.ts';

test('a search lives in the address, and acts on what matches', async ({ skip }) => {
  if (whyNoBrowser !== undefined) skip(whyNoBrowser);
  await using broker = await startEmbeddedPostgres();
  await using failing = await startFailingQueues(broker.url, ['lanes', 'pumps']);
  await failing.fail('lanes', 'The pump lost lane 1', 'The pump lost lane 2');
  await failing.fail('pumps', 'The roof leaks');
  await using browser = await openBrowser();
  const page = await browser.newPage();
  const complaints = complaintsOf(page, failing.url);

  await page.goto(`${failing.url}/ops/search?state=failed`);
  const found = page.locator('#found');
  await found.getByText('3 jobs match. Looked at 3 of 3').waitFor();
  expect(await page.getByLabel('State').inputValue()).toBe('failed');
  await page.getByLabel('Field of the data').fill('message ~ pump');
  await page.getByRole('button', { name: 'Search' }).click();
  await found.getByText('2 jobs match').waitFor();
  expect(new URL(page.url()).search).toBe('?state=failed&where=message+%7E+pump');
  expect(await page.getByRole('cell', { name: 'message: The pump lost lane 2' }).count()).toBe(1);
  await look(page, 'search');

  await page.goBack();
  await found.getByText('3 jobs match').waitFor();
  await page.goForward();
  await found.getByText('2 jobs match').waitFor();

  failing.repair();
  await page.getByRole('button', { name: 'Retry 2 failed jobs' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Retry 2 failed jobs' }).click();
  await dialog.getByText('Retry: 2 of 2 done').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await found.getByText('0 jobs match').waitFor();
  expect(complaints).toEqual([]);

  await page.getByLabel('Field of the data').fill('no condition');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('status').getByText('expected a condition such as').waitFor();
});
