import type { Role } from '../access/person.ts';
import type { Route } from '../routes/route.ts';
import type { Page, Pages } from './page.ts';

/** The route of a page, for whoever has the role. Default: viewer, which is everybody. */
export function pageRoute(pages: Pages, path: string, page: Page, role: Role = 'viewer'): Route {
  return {
    method: 'get',
    path,
    role,
    handle: (request, response, { person }) => {
      pages.send(request, response, person, page);
    },
  };
}
