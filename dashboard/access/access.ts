import type { Request, RequestHandler } from 'express';
import type { Person } from './person.ts';

/** One write as the audit log keeps it. */
export interface AuditEntry {
  readonly at: Date;
  readonly person: string;
  /** What was done, in words: `retry a job`. */
  readonly action: string;
  /** The queue that it was done to, by its id. */
  readonly queue?: string | undefined;
  /** What it was done to, such as the id of a job. */
  readonly subject?: string | undefined;
  /** The HTTP status of the answer. */
  readonly status: number;
}

/** Who sends a request, and what they did. */
export interface Access {
  /** Before every route: logins, sessions, and the answer to those who have none. */
  readonly handler: RequestHandler;
  /** Who sent the request. Undefined: nobody we know. */
  readonly personOf: (request: Request) => Person | undefined;
  /** Keeps an entry. It is kept before the answer to a write is sent. */
  readonly audit: (entry: AuditEntry) => Promise<void>;
}

/** On an address that only this machine reaches nobody logs in: whoever is on it may do everything. */
export function openAccess(audit: Access['audit'] = () => Promise.resolve()): Access {
  const local: Person = { name: 'local', role: 'admin', sees: () => true };
  return {
    handler: (_request, _response, next) => {
      next();
    },
    personOf: () => local,
    audit,
  };
}
