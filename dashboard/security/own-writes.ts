import type { RequestHandler } from 'express';
import { sendProblem } from '../../worker/api/problem.ts';

const reads = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a write that a browser sends on behalf of another site (CSRF). Browsers tell by
 * `Sec-Fetch-Site`, older ones by `Origin`; other programs send neither and are let through.
 */
export const refuseForeignWrites: RequestHandler = (request, response, next) => {
  if (reads.has(request.method) || isOwn(request.headers)) next();
  else
    sendProblem(
      response,
      403,
      'This write came from a page of another site. Send it from the board.',
    );
};

function isOwn(headers: NodeJS.Dict<string | string[]>): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = headers;
  if (typeof origin !== 'string') return origin === undefined;
  return URL.canParse(origin) && new URL(origin).host === headers.host;
}
