import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';

/** Within which time failed logins are counted, in ms. */
const windowMs = 15 * 60 * 1000;
/** How many may fail: from one address (one /56 of IPv6), and under one name from wherever they come. */
export const mostFailures = { peer: 10, name: 20 };

/**
 * Refuses logins after too many that failed, until the time is over.
 * @param nameOf the name that somebody wants to log in under.
 * @param refuse answers 429; `Retry-After` is set.
 */
export function limitLogins(
  nameOf: (request: Request) => string,
  refuse: (request: Request, response: Response) => void,
): RequestHandler[] {
  const limits = {
    peer: (request: Request) => ipKeyGenerator(request.ip ?? ''),
    name: (request: Request) => nameOf(request),
  };
  return Object.entries(limits).map(([key, keyGenerator]) =>
    rateLimit({
      windowMs,
      limit: mostFailures[key as keyof typeof limits],
      keyGenerator,
      skipSuccessfulRequests: true,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      identifier: `logins by ${key}`,
      handler: refuse,
    }),
  );
}
