import type { Request, Response } from 'express';
import type { Person, Role } from '../access/person.ts';

/** What a handler is given beside the request. */
interface Asked {
  readonly person: Person;
}

type Handle = (request: Request, response: Response, asked: Asked) => Promise<void> | void;

/** A route that changes nothing. */
interface ReadRoute {
  readonly method: 'get';
  /** As Express writes paths: /ops/api/queues/:queue. */
  readonly path: string;
  readonly role: Role;
  readonly handle: Handle;
}

/** A route that changes something: not for viewers, and always with the words of the audit log. */
interface WriteRoute {
  readonly method: 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly role: Exclude<Role, 'viewer'>;
  /** What the audit log says of it: `retry a group of failures`. */
  readonly audit: string;
  readonly handle: Handle;
}

/**
 * One row of the table of routes. A parameter `:queue` is the id of a queue: whoever may not see that
 * queue is answered with 404.
 */
export type Route = ReadRoute | WriteRoute;
