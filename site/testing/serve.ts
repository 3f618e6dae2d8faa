import { once } from 'node:events';
import express from 'express';

/** What the dashboard allows the pages of the site. */
const policy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

export interface ServedSite extends AsyncDisposable {
  readonly url: string;
}

/** Serves built pages on a free port of loopback, under the policy that the dashboard serves them under. */
export async function serve(dist: string): Promise<ServedSite> {
  const app = express()
    .use((_request, response, next) => {
      response.set('content-security-policy', policy);
      next();
    })
    .use(express.static(dist))
    .use((_request, response) => {
      response.status(404).sendFile('404.html', { root: dist });
    });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a TCP address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
