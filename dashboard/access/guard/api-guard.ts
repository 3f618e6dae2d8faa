import type { RequestHandler } from 'express';
import { sendProblem } from '../../../worker/api/problem.ts';
import type { Access } from '../access.ts';
import { includes } from '../person.ts';
import { notAudited, record, recordRefusal } from '../record.ts';

/** The writes of the imports' API, which knows nothing of people; any other write is for admins. */
const writes: readonly (readonly [pattern: RegExp, action: string])[] = [
  [/^\/imports\/?$/i, 'import a file'],
  [/^\/imports\/([^/]+)\/retry\/?$/i, 'retry an import'],
  [/^\/imports\/([^/]+)\/cancel\/?$/i, 'cancel an import'],
  [/^\/imports\/([^/]+)\/undo\/?$/i, 'undo an import'],
];
const apiPaths = /^\/(imports|portfolios|positions|transactions)(\/|$)/i;
const reads = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Mounted before the imports' API and everything after it: viewers read, operators import, and what is
 * written is in the audit log. It is hidden from those who may not see its queue.
 * @param queueId the queue of imports at this moment, by its id.
 */
export function guardApi(access: Access, queueId: () => string): RequestHandler {
  return async (request, response, next) => {
    const isRead = reads.has(request.method);
    if (isRead && !apiPaths.test(request.path)) {
      next();
      return;
    }
    const person = access.personOf(request);
    if (person === undefined) {
      sendProblem(response, 401, 'expected somebody who is logged in. Log in at /login');
      return;
    }
    const queue = queueId();
    const hidden = apiPaths.test(request.path) && !person.sees(queue);
    if (isRead && !hidden) {
      next();
      return;
    }
    const [found, subject] = describe(request.method, request.path);
    const action = found ?? `${request.method} ${request.path}`;
    const write = { person: person.name, action, subject, queue: found && queue };
    const wanted = found === undefined ? 'admin' : 'operator';
    if (hidden || !includes(person.role, wanted)) {
      const status = hidden ? 404 : 403;
      if (!isRead) await recordRefusal(access, request, write, status);
      const got = `${person.role} (${person.name})`;
      const detail = hidden ? 'There is nothing here' : `expected the role ${wanted}, got ${got}`;
      sendProblem(response, status, detail);
    } else if (await record(access, request, response, write)) next();
    else sendProblem(response, 503, notAudited);
  };
}

function describe(method: string, path: string): [action?: string, subject?: string] {
  for (const [pattern, action] of method === 'POST' ? writes : []) {
    const match = pattern.exec(path);
    if (match !== null) return match[1] === undefined ? [action] : [action, match[1]];
  }
  return [];
}
