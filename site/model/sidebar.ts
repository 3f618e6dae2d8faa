import type { StarlightRouteData } from '@astrojs/starlight/route-data';
import { engines } from '../../catalog/writeup/schema.ts';
import { siteLinks } from './links.ts';
import { shortTitle } from '../../catalog/writeup/short-title.ts';
import type { Shelf } from './topic.ts';
import { engineNames } from './words.ts';

type Entry = StarlightRouteData['sidebar'][number];

/**
 * The side bar of the page at `current`: the pages of the site, then the topics of each engine. The topic
 * of the current bug is open; the others are links to the list of bugs, so that a page does not grow with
 * every bug that is written up.
 */
export function sidebarOf(shelves: readonly Shelf[], current: string): Entry[] {
  const groups = engines
    .map((engine) => ({ engine, own: shelves.filter((shelf) => shelf.engine === engine) }))
    .filter(({ own }) => own.length > 0)
    .map(({ engine, own }) =>
      group(
        engineNames[engine],
        own.map((shelf) => shelfEntry(shelf, current)),
      ),
    );
  const pages = siteLinks.map((one) => ({
    ...link(one.label, one.link, one.link === current),
    // The pages below it are not the one that the entry leads to, and belong to it all the same.
    ...(current.startsWith('/guides/') &&
      one.link === '/guides/' &&
      one.link !== current && { attrs: { 'aria-current': 'true' } }),
  }));
  return [...pages, ...groups];
}

function shelfEntry({ name, page, bugs }: Shelf, current: string): Entry {
  const slug = /^\/(?:bugs|evidence|matrix)\/([^/]+)\//.exec(current)?.[1];
  if (!bugs.some((bug) => bug.slug === slug)) {
    return { ...link(name, page), badge: { text: String(bugs.length), variant: 'default' } };
  }
  const titles = bugs.map((bug) => ({
    ...link(`${bug.number} ${shortTitle(bug.title)}`, bug.page, bug.page === current),
    // Its evidence and its matrix are not the page that the entry leads to, and belong to it all the same.
    ...(bug.slug === slug && bug.page !== current && { attrs: { 'aria-current': 'true' } }),
  }));
  return group(name, titles);
}

function link(label: string, href: string, isCurrent = false): Entry & { type: 'link' } {
  return { type: 'link', label, href, isCurrent, badge: undefined, attrs: {} };
}

function group(label: string, entries: Entry[]): Entry {
  return { type: 'group', label, entries, collapsed: false, badge: undefined };
}
