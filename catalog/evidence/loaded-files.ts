import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * The files of a project that an actor loads, and whatever those lead to in the same room (`worker/`, say),
 * as absolute paths. What they take of other rooms is left out: each change of the catalog, with its
 * checks of its own, would make evidence about the worker stale.
 *
 * An actor is copied into a folder of its run, so it reaches the project by PROJECT alone: it joins names
 * to `process.env.PROJECT`, and names modules relative to what it joined (`./live-worker.ts`).
 *
 * @param text of the actor.
 */
export function filesLoadedBy(text: string, root: string): string[] {
  const named = [...text.matchAll(joined)].map(([, names = '']) =>
    path.join(root, ...[...names.matchAll(quoted)].map(([, name = '']) => name)),
  );
  const roomOf = (file: string) => path.relative(root, file).split(path.sep)[0];
  const rooms = new Set(named.map(roomOf));
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file) || !rooms.has(roomOf(file))) return;
    found.add(file);
    for (const next of namedIn(readFileSync(file, 'utf8'), file)) visit(next);
  };
  for (const file of named) {
    if (isFile(file)) visit(file);
    for (const next of namedIn(text, file)) visit(next);
  }
  return [...found].sort();
}

const joined = /process\.env\.PROJECT((?:\s*,\s*(?:'[^'\n]*'|"[^"\n]*"))+)/g;
const quoted = /['"]([^'"\n]+)['"]/g;
const relative = /['"`](\.{1,2}\/[^'"`\n]+)['"`]/g;
/** Types are gone before a program runs. */
const typeImport = /^\s*(?:import|export) type\b[^'"]*['"][^'"]*['"]/gm;

/**
 * The files that a text names relative to a file: imported, or handed to `new URL` and the like, with
 * their extension or without. One too many makes evidence stale too early, never too late.
 */
function namedIn(text: string, file: string): string[] {
  return [...text.replaceAll(typeImport, '').matchAll(relative)].flatMap(([, name = '']) => {
    const there = path.resolve(path.dirname(file), name);
    return [there, `${there}${path.extname(file)}`].filter(isFile).slice(0, 1);
  });
}

function isFile(file: string): boolean {
  return existsSync(file) && statSync(file).isFile();
}
