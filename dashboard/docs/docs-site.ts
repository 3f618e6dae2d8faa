import { existsSync } from 'node:fs';
import path from 'node:path';
import express, { Router, type RequestHandler } from 'express';
import { renderNotice } from '../server/notice.ts';

/** The docs at `/`. Until they are published, a page says how they are doing. */
export interface DocsSite {
  readonly handler: RequestHandler;
  /** Serves the built docs of a folder from now on. */
  publish: (dir: string) => void;
  /** What the page says until then. */
  say: (notice: string) => void;
}

export function createDocsSite(notice: string): DocsSite {
  let text = notice;
  let handler: RequestHandler = (_request, response) => {
    response.status(503).set('Retry-After', '2').send(renderNotice('Docs', text));
  };
  return {
    handler: (request, response, next) => handler(request, response, next),
    publish: (dir) => (handler = serve(dir)),
    say: (next) => (text = next),
  };
}

function serve(dir: string): RequestHandler {
  return Router()
    .use(express.static(dir))
    .use((_request, response, next) => {
      if (!existsSync(path.join(dir, '404.html'))) next();
      else response.status(404).sendFile('404.html', { root: dir });
    });
}
