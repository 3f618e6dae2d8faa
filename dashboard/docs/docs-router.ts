import { existsSync } from 'node:fs';
import path from 'node:path';
import express, { Router } from 'express';
import { renderNotice } from '../server/notice.ts';

/** The built docs: where they lie, and what there is to say while they do not. */
export interface Docs {
  readonly dir: string;
  readonly notice: () => string;
}

/** Serves the built docs at `/`. Until they are built, a page says how they are doing. */
export function createDocsRouter({ dir, notice }: Docs): Router {
  return Router()
    .use(express.static(dir))
    .use((request, response, next) => {
      if (request.method !== 'GET') next();
      else if (existsSync(path.join(dir, '404.html')))
        response.status(404).sendFile('404.html', { root: dir });
      else response.status(503).set('Retry-After', '2').send(renderNotice('Docs', notice()));
    });
}
