import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** What interpreters leave beside the sources they were given. */
const leftovers = new Set(['__pycache__', 'node_modules', '.DS_Store']);

/** The names of all files below a folder, as paths from it; none where there is no such folder. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
    .filter((name) => !name.split(path.sep).some((part) => leftovers.has(part)));
}
