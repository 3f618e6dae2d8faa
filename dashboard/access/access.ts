import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { Pages } from '../pages/page.ts';
import type { AuditPage, AuditQuery } from './audit-page.ts';
import type { Person } from './person.ts';

/** A write that somebody asked for, as the audit log keeps it before it is done. */
export interface AuditIntent {
  readonly at: Date;
  /** The same in what was asked and what came of it. */
  readonly id?: string | undefined;
  readonly person: string;
  /** The address that the request came from. */
  readonly peer?: string | undefined;
  /** What was done, in words: `retry a job`. */
  readonly action: string;
  /** The queue that it was done to, by its id. */
  readonly queue?: string | undefined;
  /** What it was done to, such as the id of a job. */
  readonly subject?: string | undefined;
}

/** One write as the audit log keeps it, with what came of it. */
export interface AuditEntry extends AuditIntent {
  /** The HTTP status of the answer; 0 when the connection was gone before there was one. */
  readonly status: number;
}

/** Where it is kept who did what. */
export interface AuditLog {
  /** Keeps that a write was asked for. @throws when it cannot be kept: the write must not be done. */
  readonly intend: (intent: AuditIntent) => Promise<void>;
  /** Keeps what came of a write, or that it was refused. */
  readonly audit: (entry: AuditEntry) => Promise<void>;
  /** Reads what was kept, newest first. */
  readonly trail: (query: AuditQuery) => Promise<AuditPage>;
}

/** Who sends a request, and what they did. */
export interface Access extends Omit<AuditLog, 'trail'> {
  /** Before every route: logins, sessions, and the answer to those who have none. */
  readonly handler: (pages: Pages) => RequestHandler;
  /** Who sent the request, by the very object of its headers. Undefined: nobody we know. */
  readonly personOf: (request: Pick<IncomingMessage, 'headers'>) => Person | undefined;
  /** Whether the headers in which a proxy tells of the client hold when they come from this address. */
  readonly trusts: (peer: string) => boolean;
  /** Undefined: nothing is kept. */
  readonly trail?: AuditLog['trail'];
}

/** On an address that only this machine reaches nobody logs in: whoever is on it may do everything. */
export function openAccess(audit: Access['audit'] = () => Promise.resolve()): Access {
  const local: Person = { name: 'local', role: 'admin', sees: () => true };
  return {
    handler: () => (_request, _response, next) => {
      next();
    },
    personOf: () => local,
    trusts: () => false,
    intend: () => Promise.resolve(),
    audit,
  };
}
