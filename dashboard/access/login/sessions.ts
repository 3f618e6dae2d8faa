import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import session, { Store, type SessionData } from 'express-session';
import { seesQueues, type Person } from '../person.ts';
import { fingerprintOf, type User, type UsersFile } from './users-file.ts';

declare module 'express-session' {
  interface SessionData {
    user: string;
    /** Of the user's entry in the password file at the login. */
    fingerprint: string;
    /** When they logged in, in ms since the epoch. */
    since: number;
  }
}

/** How long somebody stays logged in, whatever they do: a working day. In ms. */
export const lifetimeMs = 12 * 60 * 60 * 1000;
/** The oldest end when more people, or programs, log in than this. */
const mostSessions = 10_000;

export const cookieName = 'poolproof_session';

/** Who is logged in. They are kept in memory: when the dashboard ends, so do they. */
export interface Sessions {
  /** Finds the session of each request. */
  readonly handler: RequestHandler;
  /** Whose session it is; undefined when there is none, it is too old, or its user was changed. */
  readonly personOf: (request: Request) => Person | undefined;
  /** Begins a session under a new id: one that somebody else set before the login is worth nothing. */
  readonly begin: (request: Request, user: User) => Promise<void>;
  readonly end: (request: Request) => Promise<void>;
}

/** @param now the clock, in ms since the epoch. */
export function openSessions(users: UsersFile, now: () => number = Date.now): Sessions {
  const store = new SessionStore(now);
  const handler = session({
    name: cookieName,
    secret: randomBytes(32).toString('base64url'),
    store,
    resave: false,
    saveUninitialized: false,
    cookie: {
      httpOnly: true,
      // Strict would ask those to log in again who follow a link in an alert.
      sameSite: 'lax',
      // Set where a request came by https, also to a proxy that is trusted and says so.
      secure: 'auto',
      maxAge: lifetimeMs,
    },
  });
  return {
    handler,
    personOf: ({ sessionID }) => {
      const data = store.find(sessionID);
      const user = data === undefined ? undefined : users.find(data.user);
      if (user === undefined || data?.fingerprint !== fingerprintOf(user)) {
        // Ended for good, also when somebody of the same name is added again.
        if (data !== undefined) store.destroy(sessionID);
        return undefined;
      }
      const { name, role, queues } = user;
      return { name, role, sees: seesQueues(queues), hasSession: true };
    },
    begin: async (request, user) => {
      await promised((done) => request.session.regenerate(done));
      request.session.user = user.name;
      request.session.fingerprint = fingerprintOf(user);
      request.session.since = now();
      await promised((done) => request.session.save(done));
    },
    end: (request) => promised((done) => request.session.destroy(done)),
  };
}

function promised(call: (done: (error?: unknown) => void) => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    call((error) => {
      if (error === undefined || error === null) resolve();
      else reject(error instanceof Error ? error : new Error('The session could not be kept'));
    });
  });
}

/** Express-session's own memory store keeps what has expired. It has no `touch`: reads store nothing. */
class SessionStore extends Store {
  readonly #sessions = new Map<string, SessionData>();
  readonly #now: () => number;

  constructor(now: () => number) {
    super();
    this.#now = now;
  }

  find(id: string): SessionData | undefined {
    const found = this.#sessions.get(id);
    if (found === undefined || this.#now() - found.since < lifetimeMs) return found;
    this.#sessions.delete(id);
    return undefined;
  }

  override get(id: string, done: (error: unknown, data?: SessionData | null) => void): void {
    const found = this.find(id);
    // express-session changes what it is given.
    done(null, found === undefined ? null : structuredClone(found));
  }

  override set(id: string, data: SessionData, done?: (error?: unknown) => void): void {
    // By way of JSON, as stores elsewhere keep them: what comes holds functions.
    this.#sessions.set(id, JSON.parse(JSON.stringify(data)) as SessionData);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > mostSessions && oldest !== undefined) this.#sessions.delete(oldest);
    done?.();
  }

  override destroy(id: string, done?: (error?: unknown) => void): void {
    this.#sessions.delete(id);
    done?.();
  }
}
