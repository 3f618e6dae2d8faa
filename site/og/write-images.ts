/**
 * Draws the pictures that are shown where a page is linked to, beside the pages of a built site:
 *
 *     node site/og/write-images.ts dist
 *
 * It is a step of its own, after the build: a picture takes longer than a page. One that was drawn from
 * the same words before is taken from the cache.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from '../../catalog/project.ts';
import { drawPicture, drawing, type Picture } from './picture.ts';

const [dist] = process.argv.slice(2);
if (dist === undefined) throw new Error('expected the folder of the built site, such as dist');

interface Index {
  readonly bugs: readonly (Picture & { readonly slug: string })[];
}

const begun = performance.now();
const cache = path.join(projectRoot, '.poolproof', 'og');
const folder = path.join(dist, 'og');
await mkdir(cache, { recursive: true });
await mkdir(folder, { recursive: true });
const { bugs } = JSON.parse(await readFile(path.join(dist, 'bugs.json'), 'utf8')) as Index;
let drawn = 0;
for (const { slug, ...bug } of bugs) {
  const words = JSON.stringify([
    drawing,
    bug.id,
    bug.title,
    bug.description,
    bug.engine,
    bug.status,
  ]);
  const name = `${createHash('sha256').update(words).digest('hex').slice(0, 24)}.png`;
  const cached = path.join(cache, name);
  if (!existsSync(cached)) {
    await writeFile(cached, await drawPicture(bug));
    drawn += 1;
  }
  await copyFile(cached, path.join(folder, `${slug}.png`));
}
const seconds = ((performance.now() - begun) / 1000).toFixed(1);
process.stdout.write(`og: ${bugs.length} pictures, ${drawn} of them drawn anew, in ${seconds} s\n`);
