import { defineRouteMiddleware } from '@astrojs/starlight/route-data';
import { testedBugs } from './collections.ts';
import { sidebarOf } from './model/sidebar.ts';
import { shelvesOf, type Shelf } from './model/topic.ts';
import type { TestedBug } from './model/bug.ts';

const shelves = new WeakMap<TestedBug[], Shelf[]>();

/** Gives every page its side bar; Starlight knows nothing of the bugs. */
export const onRequest = defineRouteMiddleware(async ({ locals, url }) => {
  const bugs = await testedBugs();
  const sorted = shelves.get(bugs) ?? shelvesOf(bugs);
  shelves.set(bugs, sorted);
  const route = locals.starlightRoute;
  route.sidebar = sidebarOf(sorted, url.pathname);
  // On a phone the menu, and the switch of the theme in it, are part of the side bar. Wide pages hide it elsewhere.
  route.hasSidebar = true;
});
