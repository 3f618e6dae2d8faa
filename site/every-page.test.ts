/** What must hold on every page of a write-up of this repository, in a browser. */
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, complaintsOf, openBrowser } from './testing/browser.ts';
import { serve } from './testing/serve.ts';
import { buildWholeSite, writeupPages } from './testing/whole.ts';

const kilobyte = 1024;

/** What a page has of its fix, in px from the top of the window. */
interface FixPlace {
  bottom: number;
  /** The bottom of the first line of its code. */
  firstLine: number;
  /** Whether a part of its code is scrolled out of sight. */
  cut: boolean;
  covered: boolean;
  brokenNames: number;
  width: number;
  wideSignatures: number;
}

function look(): FixPlace {
  const all = <Found extends Element>(selector: string): Found[] => [
    ...document.querySelectorAll<Found>(selector),
  ];
  const box = (selector: string): DOMRect | undefined =>
    document.querySelector(selector)?.getBoundingClientRect();
  const pre = document.querySelector('.quick-fix pre');
  return {
    bottom: box('.quick-fix')?.bottom ?? Infinity,
    firstLine: box('.quick-fix pre .ec-line')?.bottom ?? Infinity,
    cut: pre === null || pre.scrollWidth > pre.clientWidth,
    covered: all('.expressive-code .frame').some((frame) => {
      const code = frame.querySelector('pre')?.getBoundingClientRect();
      const button = frame.querySelector('.copy button')?.getBoundingClientRect();
      return code === undefined || button === undefined || code.right > button.left;
    }),
    brokenNames: all('h1 .whole').filter((one) => one.getClientRects().length !== 1).length,
    width: document.documentElement.scrollWidth,
    wideSignatures: all('.signatures li').filter((one) => one.scrollWidth > one.clientWidth).length,
  };
}

const desk = { width: 1280, height: 900 };
const wide = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const sound = { cut: false, covered: false, brokenNames: 0, wideSignatures: 0 };

interface Seen {
  address: string;
  places: { viewport: typeof desk; place: FixPlace }[];
  weight: { scripts: number; all: number };
}

describe.skipIf(!chromiumPath)('in a browser (needs Chromium on this machine)', () => {
  let seen: Seen[];
  let complaints: string[];

  beforeAll(async () => {
    await using site = await buildWholeSite();
    await using served = await serve(site.dist);
    await using browser = await openBrowser(chromiumPath ?? '');
    const page = await browser.newPage();
    complaints = complaintsOf(page, served.url);
    seen = [];
    for (const address of ['/', ...writeupPages(site)]) {
      seen.push(await visit(page, served.url, site.dist, address));
    }
  }, 1_200_000);

  it('are all looked at', () => {
    expect(seen.length).toBeGreaterThan(1);
    expect(complaints).toEqual([]);
  });

  it.each([desk, wide])(
    'show the whole quick fix without scrolling, at $width x $height',
    (viewport) => {
      for (const { address, place } of placesAt(seen, viewport)) {
        expect(place.bottom, address).toBeLessThanOrEqual(viewport.height);
        expect(place, address).toMatchObject(sound);
        expect(place.width, address).toBeLessThanOrEqual(viewport.width);
      }
    },
  );

  it('show the first lines of the fix on a phone, at 390 x 844', () => {
    for (const { address, place } of placesAt(seen, phone)) {
      expect(place.firstLine, address).toBeLessThanOrEqual(phone.height);
      expect(place, address).toMatchObject(sound);
      expect(place.width, address).toBeLessThanOrEqual(phone.width);
    }
  });

  it('weigh little: 10 KB of scripts before somebody acts, 120 KB in all', () => {
    for (const { address, weight } of seen) {
      expect(weight.scripts, `scripts of ${address}`).toBeLessThanOrEqual(10 * kilobyte);
      expect(weight.all, `all of ${address}`).toBeLessThanOrEqual(120 * kilobyte);
    }
  });
});

function placesAt(
  seen: readonly Seen[],
  viewport: typeof desk,
): { address: string; place: FixPlace }[] {
  return seen
    .filter(({ address }) => address !== '/')
    .flatMap(({ address, places }) =>
      places.filter((one) => one.viewport === viewport).map(({ place }) => ({ address, place })),
    );
}

async function visit(page: Page, url: string, dist: string, address: string): Promise<Seen> {
  await page.setViewportSize(desk);
  await page.goto(url + address);
  // What is loaded when nobody acts is loaded by then: the browser was idle.
  const loaded = await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestIdleCallback(resolve));
    await new Promise((resolve) => requestIdleCallback(resolve));
    return performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
  });
  const places = [];
  for (const viewport of [desk, wide, phone]) {
    await page.setViewportSize(viewport);
    places.push({ viewport, place: await page.evaluate(look) });
  }
  return { address, places, weight: await weigh(dist, [...new Set([address, ...loaded])]) };
}

/** Bytes as they go over the wire: text packed, fonts and pictures as they are. */
async function weigh(
  dist: string,
  loaded: readonly string[],
): Promise<{ scripts: number; all: number }> {
  let scripts = 0;
  let all = 0;
  for (const address of loaded) {
    const name = address.endsWith('/') ? `${address}index.html` : address;
    const [file] = globSync(name.slice(1), { cwd: dist });
    if (file === undefined) continue;
    const content = await readFile(path.join(dist, file));
    const bytes = /\.(?:woff2|png)$/.test(file) ? content.length : gzipSync(content).length;
    all += bytes;
    if (file.endsWith('.js')) scripts += bytes;
    if (file.endsWith('.html')) scripts += inlineScripts(content.toString());
  }
  return { scripts, all };
}

/** What a page brings of scripts in itself; data is none. */
function inlineScripts(html: string): number {
  const scripts = [
    ...html.matchAll(/<script(?![^>]*\b(?:src=|ld\+json))[^>]*>([\s\S]*?)<\/script>/g),
  ];
  return gzipSync(scripts.map(([, text]) => text).join('\n')).length;
}
