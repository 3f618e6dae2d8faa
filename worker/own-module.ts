import path from 'node:path';

/**
 * A module of ours to be started as a program or in a sandbox. It ends in `.ts` as written and in
 * `.js` in a compiled copy; the compiler rewrites imports, and names in no other place.
 *
 * @param here `import.meta` of who asks.
 * @param name from there, without its ending: `./pools/sandboxed-import`.
 */
export function ownModule(here: ImportMeta, name: string): URL {
  return new URL(`${name}${path.extname(here.filename)}`, here.url);
}
