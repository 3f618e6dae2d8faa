import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { Router, type RequestHandler, type Response } from 'express';
import { projectRoot } from '../../catalog/project.ts';
import { sendProblem } from '../../worker/api/problem.ts';

/** What the pages of all features load. */
const shared = path.join(import.meta.dirname, 'browser');
/** What of the catalog runs in pages, too. */
const catalog: Readonly<Record<string, string>> = {
  report: path.join(projectRoot, 'catalog', 'report'),
};
const look: Readonly<Record<string, string>> = {
  'colours.css': path.join(projectRoot, 'site', 'styles', 'colours.css'),
  'favicon.svg': path.join(projectRoot, 'site', 'public', 'favicon.svg'),
};

/**
 * Serves the browser's programs and styles: TypeScript with its types taken out, so that nothing has to
 * be built before the pages work. /ops/static/<feature>/browser/ is dashboard/<feature>/browser/, so
 * that one relative path leads from a program to another in the tree, for its types, and in browsers;
 * what of the catalog runs in pages, too, is at /ops/catalog/.
 * @param folders of the features, by the features' names.
 */
export function serveStaticFiles(folders: Readonly<Record<string, string>>): Router {
  const read = new Map<string, { body: string; tag: string }>();
  const all: Readonly<Record<string, string>> = { ...folders, pages: shared };
  const serve: RequestHandler<{ folder: string; file: string }> = (request, response) => {
    const { folder: name, file } = request.params;
    const isCatalog = request.path.startsWith('/ops/catalog/');
    const known = isCatalog ? catalog : all;
    const folder = Object.hasOwn(known, name) ? known[name] : undefined;
    // One name, no way out of the folder; tests and what else lies there are not for browsers.
    if (folder === undefined || !/^[\w-]+\.(ts|css|svg)$/.test(file)) {
      sendProblem(response, 404, `expected a file of a page, got ${request.path}`);
      return;
    }
    const own = !isCatalog && name === 'pages' ? look[file] : undefined;
    const source = own ?? path.join(folder, file);
    const prepared = read.get(source) ?? prepare(source);
    if (prepared === undefined) {
      sendProblem(response, 404, `expected a file of a page, got ${request.path}`);
      return;
    }
    read.set(source, prepared);
    send(response, path.extname(file), prepared);
  };
  return Router()
    .get('/ops/static/:folder/browser/:file', serve)
    .get('/ops/catalog/:folder/:file', serve);
}

function prepare(name: string): { body: string; tag: string } | undefined {
  let text: string;
  try {
    text = readFileSync(name, 'utf8');
  } catch {
    return undefined;
  }
  const body = name.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
  return { body, tag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"` };
}

const types: Readonly<Record<string, string>> = {
  '.ts': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

function send(response: Response, extension: string, { body, tag }: { body: string; tag: string }) {
  // Asked for again at every visit, and answered with 304 unless poolproof was updated.
  response
    .set({ 'Cache-Control': 'no-cache', ETag: tag, 'Content-Type': types[extension] })
    .send(body);
}
