import { existsSync, readdirSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import compression from 'compression';
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
    .use(compression())
    .get(/^\/(bugs|matrix)\/(?:BUG-)?(\d{3,})(?:-[^/]*)?\/?$/i, leadByNumber(dir))
    .use(express.static(dir, { setHeaders: cacheHashed }))
    .use((_request, response, next) => {
      if (!existsSync(path.join(dir, '404.html'))) next();
      else response.status(404).sendFile('404.html', { root: dir });
    });
}

/** A name with a hash of its content never means anything else. */
function cacheHashed(response: ServerResponse, file: string): void {
  const isHashed = file.split(path.sep).includes('_astro');
  response.setHeader(
    'Cache-Control',
    isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=0',
  );
}

/** Leads from a bug's number, and from the names it once had, to its page: the number is permanent. */
function leadByNumber(dir: string): RequestHandler {
  const slugs = (
    existsSync(path.join(dir, 'bugs')) ? readdirSync(path.join(dir, 'bugs')) : []
  ).filter((name) => /^\d+-/.test(name));
  const byNumber = new Map(
    slugs.map((slug) => [slug.split('-', 1)[0], slug.replace(/\.json$/, '')]),
  );
  return (request, response, next) => {
    const [, folder, number] =
      /^\/(bugs|matrix)\/(?:BUG-)?(\d+)/i.exec(request.path)?.map((part) => part.toLowerCase()) ??
      [];
    const slug = byNumber.get(number);
    const page = `/${folder ?? ''}/${slug ?? ''}/`;
    if (slug === undefined || request.path.startsWith(page.slice(0, -1))) next();
    else response.redirect(301, page);
  };
}
