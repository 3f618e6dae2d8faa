import { expect, test } from 'vitest';
import { startLanesBoard } from './fixtures/lanes-board.ts';
import { openBrowser, whyNoBrowser } from './testing/browser.ts';

test('the board works in a browser, which asks no other host for anything', async ({ skip }) => {
  if (whyNoBrowser !== undefined) skip(whyNoBrowser);
  await using board = await startLanesBoard();
  await using browser = await openBrowser();
  const page = await browser.newPage();
  const answeredElsewhere: string[] = [];
  page.on('response', (response) => {
    if (!response.url().startsWith(board.url)) answeredElsewhere.push(response.url());
  });

  await page.goto(`${board.url}/board/`);
  await page.getByRole('link', { name: 'lanes' }).first().click();
  await page.goto(`${board.url}/board/queue/lanes?status=failed`);
  const link = page.getByRole('link', { name: 'Known: BUG-900' });
  await link.waitFor();
  expect(await link.count()).toBe(1);
  expect(await link.getAttribute('href')).toBe('/ops/failures/job?queue=lanes&job=1');
  expect(await page.getByRole('link', { name: 'Unknown: report it' }).count()).toBe(1);

  const pause = async () =>
    (await fetch('/board/api/queues/lanes/pause', { method: 'PUT' })).status;
  expect(await page.evaluate(pause)).toBe(200);

  const banner = page.locator('#health');
  await page.goto(`${board.url}/ops/failures`);
  await page.getByText('Looked at 2 of 2 failed jobs').waitFor();
  expect(await banner.isVisible()).toBe(false);

  await board.stopBroker();
  await banner.getByText('Not everything answers (broker:').waitFor();
  await page.goto(`${board.url}/board/queue/lanes?status=failed`);
  await page.getByText('The broker is down').first().waitFor();
  for (const path of [
    '/ops/alerts',
    '/ops/failures',
    '/ops/workers',
    '/ops/search',
    '/ops/audit',
  ]) {
    await page.goto(board.url + path);
    await banner.getByText('Not everything answers (broker:').waitFor();
  }
  expect(answeredElsewhere).toEqual([]);
});
