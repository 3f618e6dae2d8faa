import { engines } from '../../catalog/writeup/schema.ts';
import type { TestedBug } from './bug.ts';
import { siteLinks } from './links.ts';
import { engineNames } from './words.ts';

/** The side bar: the pages of the site, then the bugs by engine. */
export function sidebarOf(bugs: TestedBug[]) {
  const byEngine = engines
    .map((engine) => ({
      label: engineNames[engine],
      items: bugs
        .filter((bug) => bug.engine === engine)
        .map(({ number, title, page }) => ({ label: `${number} ${title}`, link: page })),
    }))
    .filter(({ items }) => items.length > 0);
  return [...siteLinks, ...byEngine];
}
