import { Router, type Request, type RequestHandler } from 'express';
import { sendProblem } from '../../worker/api/problem.ts';
import type { Access } from '../access/access.ts';
import { includes, type Person } from '../access/person.ts';
import { notAudited, record, recordRefusal } from '../access/record.ts';
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
    const refusal = refusalOf(route, person, request);
    if (refusal !== undefined) {
      if (route.method !== 'get') {
        await recordRefusal(access, request, writeOf(route.audit, person, request), refusal.status);
      }
      sendProblem(response, refusal.status, refusal.detail);
      return;
    }
    if (route.method !== 'get') {
      const write = writeOf(route.audit, person, request);
      if (!(await record(access, request, response, write))) {
        sendProblem(response, 503, notAudited);
        return;
      }
    }
    await route.handle(request, response, { person });
  };
}

function refusalOf(route: Route, person: Person, request: Request) {
  if (!includes(person.role, route.role)) {
    const detail = `expected the role ${route.role}, got ${person.role} (${person.name})`;
    return { status: 403, detail: `${detail}. Ask an admin of this dashboard for it` };
  }
  const { queue } = request.params;
  if (typeof queue === 'string' && !person.sees(queue)) {
    return { status: 404, detail: `expected a queue of this broker, got "${queue}"` };
  }
  return undefined;
}

function writeOf(action: string, person: Person, request: Request) {
  const { queue, ...others } = request.params;
  const subject = Object.values(others).flat().join(' ') || undefined;
  return { person: person.name, action, queue: queue as string | undefined, subject };
}
