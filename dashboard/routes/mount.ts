import { Router, type Request, type RequestHandler, type Response } from 'express';
import { sendProblem } from '../../worker/api/problem.ts';
import type { Access } from '../access/access.ts';
import { includes, type Person } from '../access/person.ts';
import type { Route } from './route.ts';

/** Serves a table of routes: who may not is refused, and what was written is in the audit log. */
export function mountRoutes(routes: readonly Route[], access: Access): Router {
  const router = Router();
  for (const route of routes) router[route.method](route.path, guard(route, access));
  return router;
}

function guard(route: Route, access: Access): RequestHandler {
  return async (request, response) => {
    const person = access.personOf(request);
    if (person === undefined) {
      sendProblem(response, 401, 'expected somebody who is logged in. Log in at /login');
      return;
    }
    if (!includes(person.role, route.role)) {
      const detail = `expected the role ${route.role}, got ${person.role} (${person.name})`;
      sendProblem(response, 403, `${detail}. Ask an admin of this dashboard for it`);
      await keep(route, access, person, request, response);
      return;
    }
    const { queue } = request.params;
    if (typeof queue === 'string' && !person.sees(queue)) {
      sendProblem(response, 404, `expected a queue of this broker, got "${queue}"`);
      return;
    }
    await route.handle(request, response, { person });
    await keep(route, access, person, request, response);
  };
}

async function keep(
  route: Route,
  access: Access,
  person: Person,
  request: Request,
  response: Response,
): Promise<void> {
  if (route.method === 'get') return;
  const { queue, ...others } = request.params;
  await access.audit({
    at: new Date(),
    person: person.name,
    action: route.audit,
    queue: queue as string | undefined,
    subject: Object.values(others).flat().join(' ') || undefined,
    status: response.statusCode,
  });
}
