import { globSync } from 'node:fs';
import path from 'node:path';
import { readWriteups } from '../../catalog/writeup/read.ts';
import { copySite, type SiteProject } from './project.ts';

/** The site with every write-up of the repository, built. */
export async function buildWholeSite(env: Record<string, string> = {}): Promise<SiteProject> {
  const site = await copySite(readWriteups().map(({ slug }) => slug));
  await site.build(env);
  return site;
}

/** The addresses of its write-ups. */
export function writeupPages({ dist }: SiteProject): string[] {
  return globSync('bugs/[0-9]*-*/index.html', { cwd: dist })
    .map((file) => `/${path.dirname(file).split(path.sep).join('/')}/`)
    .toSorted();
}
