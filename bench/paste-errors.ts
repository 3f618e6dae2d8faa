/**
 * How long the front page takes from a pasted error to the fix that can be seen:
 *
 *     npm run build && node bench/paste-errors.ts FOLDER [DIST]
 *
 * FOLDER holds errors, a file each (.log or .txt); DIST is the built site, by default dist/. Each error is
 * pasted once into a page that has just been opened (cold: the knowledge base is loaded first) and once more
 * into the same page (warm). The fix counts as visible when it is drawn; whether that takes scrolling is
 * told beside it. An error that is not known has no fix: what is timed then is the answer.
 */
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import express from 'express';
import { chromium, type Page } from 'playwright-core';
import { projectRoot } from '../catalog/project.ts';

/** What became of one paste. */
interface Pasted {
  readonly ms: number;
  readonly level: string;
  readonly bugs: string[];
  readonly inSight: boolean;
}

const desk = { width: 1280, height: 900 };

/** Runs in the page, so that what drives the browser is not part of what is measured. */
function pasteInto(text: string): Promise<Pasted> {
  const field = document.querySelector<HTMLTextAreaElement>('#log');
  const results = document.querySelector('paste-log .results');
  if (!field || !results) throw new Error('this is not the front page');
  results.replaceChildren();
  const { promise, resolve } = Promise.withResolvers<Pasted>();
  const since = performance.now();
  const look = () => {
    if (!results.querySelector('.found')) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      const finding = results.querySelector<HTMLElement>('.finding');
      const fix = finding?.querySelector('.fix, li[data-bug]');
      const candidates = [...(finding?.querySelectorAll<HTMLElement>('li[data-bug]') ?? [])];
      const named = candidates.length > 0 ? candidates : finding ? [finding] : [];
      resolve({
        ms: performance.now() - since,
        level: finding?.dataset.level ?? 'unknown',
        bugs: named.map((one) => one.dataset.bug ?? ''),
        inSight: (fix?.getBoundingClientRect().bottom ?? Infinity) <= window.innerHeight,
      });
    });
  };
  const observer = new MutationObserver(look);
  observer.observe(results, { childList: true, subtree: true });
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
  return promise;
}

async function openFrontPage(url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: desk });
  await page.goto(url, { waitUntil: 'load' });
  return page;
}

const [folder, dist = path.join(projectRoot, 'dist')] = process.argv.slice(2);
if (folder === undefined) throw new Error('Usage: node bench/paste-errors.ts FOLDER [DIST]');
const errors = readdirSync(folder).filter((name) => /\.(log|txt)$/.test(name));
const server = express()
  .use(express.static(path.resolve(dist)))
  .listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
const browser = await chromium.launch({
  // eslint-disable-next-line portable/no-posix-path -- Debian's; CHROMIUM names another
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const rows: object[] = [];
  for (const name of errors) {
    const text = readFileSync(path.join(folder, name), 'utf8');
    const page = await openFrontPage(url);
    const cold = await page.evaluate(pasteInto, text);
    const warm = await page.evaluate(pasteInto, text);
    await page.close();
    rows.push({
      error: name,
      bytes: Buffer.byteLength(text),
      named: cold.bugs.slice(0, 3).join(' ') + (cold.bugs.length > 3 ? ' …' : ''),
      level: cold.level,
      'cold ms': Math.round(cold.ms),
      'warm ms': Math.round(warm.ms),
      'in sight': cold.bugs.length === 0 ? 'no fix' : cold.inSight,
    });
  }
  // eslint-disable-next-line no-console -- a benchmark prints
  console.table(rows);
} finally {
  await browser.close();
  server.close();
}
