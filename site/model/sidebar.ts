import type { StarlightRouteData } from '@astrojs/starlight/route-data';
import { bugsByEngine, type TestedBug } from './bug.ts';
import { siteLinks } from './links.ts';
import { engineNames } from './words.ts';

type Entry = StarlightRouteData['sidebar'][number];

/** The side bar of the page at `current`: the pages of the site, then the bugs by engine. */
export function sidebarOf(bugs: TestedBug[], current: string): Entry[] {
  const link = (label: string, href: string) => ({
    type: 'link' as const,
    label,
    href,
    isCurrent: href === current,
    badge: undefined,
    attrs: {},
  });
  const groups = bugsByEngine(bugs).map((group) => ({
    type: 'group' as const,
    label: engineNames[group.engine],
    entries: group.bugs.map(({ number, title, page }) => link(`${number} ${title}`, page)),
    collapsed: false,
    badge: undefined,
  }));
  return [...siteLinks.map((one) => link(one.label, one.link)), ...groups];
}
