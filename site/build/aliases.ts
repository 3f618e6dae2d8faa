import { readdir, writeFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/**
 * Writes, beside the page of each bug, pages that lead to it: /bugs/002/ and /bugs/BUG-002/. They are
 * written when the build is done, since each page that Astro draws costs.
 */
export function aliases(): AstroIntegration {
  return {
    name: 'poolproof-aliases',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const bugs = path.join(fileURLToPath(dir), 'bugs');
        const slugs = (await readdir(bugs, { withFileTypes: true }))
          .filter((entry) => entry.isDirectory() && /^\d+-/.test(entry.name))
          .map(({ name }) => name);
        for (const slug of slugs) {
          const [number = ''] = slug.split('-', 1);
          for (const alias of [number, `BUG-${number}`]) {
            const folder = path.join(bugs, alias);
            await mkdir(folder, { recursive: true });
            await writeFile(path.join(folder, 'index.html'), leadTo(`/bugs/${slug}/`));
          }
        }
        logger.info(`${2 * slugs.length} addresses by number`);
      },
    },
  };
}

function leadTo(page: string): string {
  return [
    '<!doctype html><html lang="en"><meta charset="utf-8">',
    `<title>Moved to ${page}</title>`,
    `<meta http-equiv="refresh" content="0;url=${page}">`,
    '<meta name="robots" content="noindex">',
    // Without it browsers ask for /favicon.ico, which does not exist.
    '<link rel="icon" href="/favicon.svg">',
    `<link rel="canonical" href="${page}">`,
    `<a href="${page}">${page}</a></html>\n`,
  ].join('\n');
}
