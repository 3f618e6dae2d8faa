import {
  Router,
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import { sendProblem } from '../../worker/api/problem.ts';
import type { Pages } from '../pages/page.ts';
import type { Access, AuditLog } from './access.ts';
import { createFollower } from './follower.ts';
import { loginRoutes } from './login/login.ts';
import { openSessions } from './login/sessions.ts';
import type { UsersFile } from './login/users-file.ts';
import type { Peers } from './peers.ts';
import type { Person } from './person.ts';
import { readTrustedHeader, type TrustedHeader } from './trusted-header.ts';

export interface ClosedOptions {
  /** Who logs in with a password. */
  readonly users?: UsersFile | undefined;
  /** Who comes through a proxy that knows them. */
  readonly header?: TrustedHeader | undefined;
  /** Proxies whose word holds for where a request came from, and whether by https. */
  readonly proxies: Peers;
  readonly log: AuditLog;
  /** Called when the password file cannot be used any more. */
  readonly onError: (error: Error) => void;
  /** The clock, in ms since the epoch. */
  readonly now?: () => number;
}

/** What those see who are nobody: the state in a word, and what the login's page is made of. */
const openPaths = /^\/(healthz|ops\/static\/[\w-]+\/browser\/[\w-]+\.(ts|css|svg))$/;
/** What browsers may keep: it is the same for everybody. */
const lastingPaths = /^\/(board\/static|ops\/static)\//;

/** Nobody gets in whom neither the password file nor the proxy knows. */
export function closedAccess({ users, header, proxies, log, onError, now }: ClosedOptions): Access {
  const people = new WeakMap<object, Person>();
  const personOf: Access['personOf'] = ({ headers }) => people.get(headers);
  const sessions = users && openSessions(users, now);

  const identify = (request: Request): Person | { refusal: string } | undefined => {
    const told = header && readTrustedHeader(header, request);
    if (told !== undefined) return 'person' in told ? told.person : told;
    return sessions?.personOf(request);
  };
  const follower = createFollower((request) => identify(request) !== undefined);

  const gate: RequestHandler = (request, response, next) => {
    if (!lastingPaths.test(request.path)) response.set('Cache-Control', 'no-store');
    const found = identify(request);
    if (found !== undefined && 'refusal' in found) {
      sendProblem(response, 403, found.refusal);
      return;
    }
    if (found !== undefined) {
      people.set(request.headers, found);
      follower.follow(request, response);
    }
    next();
  };

  const answerBadFile: ErrorRequestHandler = (error, _request, response, next) => {
    if (!(error instanceof BadInput) || response.headersSent) {
      next(error);
      return;
    }
    onError(error);
    sendProblem(response, 503, 'The password file cannot be used. The log tells why');
  };

  return {
    handler: (pages) => {
      const router = Router();
      if (sessions) router.use(sessions.handler);
      router.use(gate);
      if (users && sessions) {
        router.use(loginRoutes({ users, sessions, pages, personOf, audit: log.audit }));
      }
      router.use(answerBadFile);
      return router.use((request, response, next) => {
        const isRead = request.method === 'GET' || request.method === 'HEAD';
        if (personOf(request) || (isRead && openPaths.test(request.path))) next();
        else turnAway(request, response, pages, users !== undefined);
      });
    },
    personOf,
    trusts: proxies,
    ...log,
  };
}

/** Pages lead to the login; programs are told. */
function turnAway(request: Request, response: Response, pages: Pages, canLogIn: boolean): void {
  const isPage = request.method === 'GET' && request.accepts(['json', 'html']) === 'html';
  if (isPage && canLogIn) {
    response.redirect(303, `/login?next=${encodeURIComponent(request.originalUrl)}`);
  } else if (isPage) {
    response.status(401);
    pages.send(request, response, undefined, {
      title: 'Not logged in',
      lead: 'This dashboard is opened through the proxy that has people log in, not by this address.',
    });
  } else {
    const how = canLogIn ? 'Log in at /login' : 'Come through the proxy that has people log in';
    sendProblem(response, 401, `expected somebody who is logged in. ${how}`);
  }
}
