/**
 * Takes the pictures of the README from the real thing, into docs/images/: the front page with a log, and
 * what the command prints of the same one.
 *
 *     npm run build && node site/pictures/take-pictures.ts dist
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import sharp from 'sharp';
import { projectRoot } from '../../catalog/project.ts';
import { escapeMarkup } from '../export/escape.ts';
import { chromiumPath, openBrowser } from '../testing/browser.ts';
import { serve } from '../testing/serve.ts';

const [dist] = process.argv.slice(2);
if (dist === undefined) throw new Error('expected the folder of the built site, such as dist');
if (!chromiumPath) throw new Error('expected Chromium on this machine. Install it, and try again.');

const log = path.join(import.meta.dirname, 'fixtures', 'worker.log');
const images = path.join(projectRoot, 'docs', 'images');

/** Of the fonts below, at 14 px. */
const characterWidth = 8.45;

await takePage(chromiumPath, dist);
await takeTerminal();

async function takePage(executable: string, folder: string): Promise<void> {
  await using served = await serve(path.resolve(folder));
  await using browser = await openBrowser(executable);
  const page = await browser.newPage({
    viewport: { width: 1280, height: 980 },
    colorScheme: 'dark',
  });
  await page.goto(served.url);
  await page.locator('#log').fill(await readFile(log, 'utf8'));
  await page.locator('.finding').first().waitFor();
  await page.evaluate(() => {
    scrollTo(0, 0);
  });
  const picture = await page.screenshot();
  await sharp(picture).png({ palette: true }).toFile(path.join(images, 'paste-a-log.png'));
}

async function takeTerminal(): Promise<void> {
  const { stdout } = await execa(
    process.execPath,
    [path.join(projectRoot, 'cli', 'poolproof.mjs'), 'diagnose', log],
    { reject: false, env: { NO_COLOR: '1' } },
  );
  const lines = ['$ npm run -s poolproof -- diagnose worker.log', '', ...stdout.split(/\r?\n/)];
  await writeFile(path.join(images, 'diagnose.svg'), terminal(lines));
}

/** The lines as a terminal shows them. */
function terminal(lines: readonly string[]): string {
  const [lineHeight, margin] = [20, 20];
  const longest = Math.max(...lines.map(({ length }) => length));
  const width = Math.ceil(longest * characterWidth + 2 * margin);
  const height = lines.length * lineHeight + 2 * margin;
  const texts = lines.map(
    (line, index) =>
      `<text x="${margin}" y="${margin + (index + 0.75) * lineHeight}" xml:space="preserve">${escapeMarkup(line)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="poolproof diagnose in a terminal">`,
    `<rect width="${width}" height="${height}" rx="10" fill="#0b171c"/>`,
    '<g fill="#e3edee" font-family="ui-monospace,Menlo,Consolas,DejaVu Sans Mono,monospace" font-size="14">',
    ...texts,
    '</g></svg>',
    '',
  ].join('\n');
}
