import { isIP } from 'node:net';
import type { RequestHandler } from 'express';
import { sendProblem } from '../../worker/api/problem.ts';

/**
 * Lets a request through only when it was sent to an address, to localhost or to one of the names.
 * A page on the internet can point a name of its own at this machine and would then be of the same
 * origin as the board (DNS rebinding); it cannot do that with an address.
 */
export function requireKnownHost(names: readonly string[]): RequestHandler {
  const known = new Set(['localhost', ...names.map((name) => name.toLowerCase())]);
  return (request, response, next) => {
    const name = hostName(request.headers.host ?? '');
    if (isIP(name) || known.has(name)) next();
    else
      sendProblem(
        response,
        421,
        `expected a Host of ${[...known].join(', ')} or an IP address, got "${name}". ` +
          'Open the board by its address, such as http://127.0.0.1 with the port it printed',
      );
  };
}

function hostName(host: string): string {
  if (!URL.canParse(`http://${host}`)) return '';
  const { hostname } = new URL(`http://${host}`);
  return hostname.replace(/^\[|\]$/g, '');
}
