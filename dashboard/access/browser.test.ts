import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { faultsOf, openBrowser, whyNoBrowser } from '../testing/browser.ts';
import { password, startClosedBoard } from './fixtures/closed-board.ts';

/** An address that is not loopback: to it browsers send no Sec-Fetch-Site without https. */
const outer = Object.values(os.networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

const looks = [
  { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { colorScheme: 'dark', viewport: { width: 390, height: 800 } },
] as const;

test.for(looks)(
  'login, audit log and logout work by keyboard and without script at the login, $colorScheme',
  { timeout: 90_000 },
  async (look, { skip }) => {
    if (whyNoBrowser !== undefined) skip(whyNoBrowser);
    if (outer === undefined) skip('needs an address beside loopback');
    await using board = await startClosedBoard({ host: outer });
    await using browser = await openBrowser();
    const page = await browser.newPage(look);
    const refused: string[] = [];
    page.on('console', (message) => {
      // Chromium says of every page without https that it does not isolate it.
      const isOfHttp = message.text().includes('Cross-Origin-Opener-Policy');
      if (message.type() === 'error' && !isOfHttp) refused.push(message.text());
    });
    const isWide = () => page.evaluate(() => document.body.scrollWidth > innerWidth);
    const shoot = async (name: string) => {
      const folder = process.env.POOLPROOF_SCREENSHOTS;
      if (folder) {
        await page.screenshot({ path: path.join(folder, `${name}-${look.colorScheme}.png`) });
      }
    };

    await page.goto(`${board.url}/ops/audit?action=pause`);
    expect(new URL(page.url()).pathname).toBe('/login');
    await shoot('login');
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.type('ada');
    await page.keyboard.press('Tab');
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('The name or the password is wrong.').waitFor();
    await shoot('login-failed');
    expect([await faultsOf(page), await isWide()]).toEqual([[], false]);
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${board.url}/ops/audit?action=pause`);
    await page.getByText('0 lines: all that the log holds.').waitFor();
    expect(refused.splice(0)).toEqual([expect.stringContaining('401')]);

    const pause = async () =>
      (await fetch('/board/api/queues/lanes/pause', { method: 'PUT' })).status;
    expect(await page.evaluate(pause)).toBe(200);
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('pause a queue').waitFor();
    await page.getByLabel('What contains').fill('');
    await page.getByLabel('Who', { exact: true }).fill('ada');
    await page.keyboard.press('Enter');
    await page.getByText('log in').nth(1).waitFor();
    expect(new URL(page.url()).search).toBe('?person=ada');
    await shoot('audit');
    expect([await faultsOf(page), await isWide()]).toEqual([[], false]);
    await page.goBack();
    await page.getByText('1 line: all').waitFor();
    expect(await page.getByLabel('What contains').inputValue()).toBe('pause');

    await page.getByRole('link', { name: 'Log out ada' }).click();
    await shoot('logout');
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.waitForURL(`${board.url}/login`);
    await page.goto(`${board.url}/ops/audit`);
    expect(new URL(page.url()).pathname).toBe('/login');
    expect(refused).toEqual([]);
  },
);
