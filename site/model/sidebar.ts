import { bugsByEngine, type TestedBug } from './bug.ts';
import { siteLinks } from './links.ts';
import { engineNames } from './words.ts';

/** The side bar: the pages of the site, then the bugs by engine. */
export function sidebarOf(bugs: TestedBug[]) {
  const groups = bugsByEngine(bugs).map((group) => ({
    label: engineNames[group.engine],
    items: group.bugs.map(({ number, title, page }) => ({
      label: `${number} ${title}`,
      link: page,
    })),
  }));
  return [...siteLinks, ...groups];
}
