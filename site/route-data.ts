import { defineRouteMiddleware } from '@astrojs/starlight/route-data';
import { testedBugs } from './collections.ts';
import { sidebarOf } from './model/sidebar.ts';

/** Gives every page the same side bar; Starlight knows nothing of the bugs. */
export const onRequest = defineRouteMiddleware(async ({ locals, url }) => {
  locals.starlightRoute.sidebar = sidebarOf(await testedBugs(), url.pathname);
});
