import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** What interpreters leave beside the sources they were given. */
const leftovers = new Set(['__pycache__', 'node_modules', '.DS_Store']);

/**
 * The names of all files below a folder, as paths from it; none where there is no such folder. What is
 * behind links is not looked at. (The `recursive` of `readdirSync` follows them.)
 */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !leftovers.has(name))
    .flatMap((entry) => {
      if (entry.isFile()) return entry.name;
      if (!entry.isDirectory()) return [];
      return filesBelow(path.join(folder, entry.name)).map((name) => path.join(entry.name, name));
    });
}
