import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isLockfile } from '../../catalog/packages/read-packages.ts';
import { isManifest } from '../../catalog/packages/read-named.ts';
import { BadInput } from '../../catalog/problem/bad-input.ts';

/** A file that doctor reads. */
export interface ProjectFile {
  /** As it is shown: relative to the folder that was looked at, with slashes. */
  readonly shown: string;
  readonly name: string;
  readonly folder: string;
  readonly text: string;
}

export interface ProjectFiles {
  readonly packages: readonly ProjectFile[];
  readonly dockerfiles: readonly ProjectFile[];
  readonly composeFiles: readonly ProjectFile[];
  readonly procfiles: readonly ProjectFile[];
  /** Files of one line that name a version of an interpreter. */
  readonly runtimes: readonly ProjectFile[];
}

/** How many folders down a project of several parts is looked into. */
const deepest = 2;
/** What holds other people's files, or files that are made. */
const skipped = new Set([
  'node_modules',
  '__pycache__',
  'venv',
  'env',
  'vendor',
  'dist',
  'build',
  'site-packages',
  'test',
  'tests',
  'fixtures',
  'examples',
]);

const kinds: readonly {
  readonly kind: keyof ProjectFiles;
  readonly has: (name: string) => boolean;
}[] = [
  { kind: 'packages', has: (name) => isLockfile(name) || isManifest(name) },
  {
    kind: 'dockerfiles',
    has: (name) => /^(?:Dockerfile|Containerfile)(?:\.[\w-]+)?$|\.[Dd]ockerfile$/.test(name),
  },
  { kind: 'composeFiles', has: (name) => /^(?:docker-)?compose(?:\.[\w-]+)*\.ya?ml$/i.test(name) },
  { kind: 'procfiles', has: (name) => name === 'Procfile' },
  { kind: 'runtimes', has: (name) => name === '.nvmrc' || name === '.node-version' },
];

/**
 * Finds the files that say something of a project, in a folder and two folders down.
 *
 * @throws BadInput where the folder is not there, or is a file.
 */
export async function findFiles(folder: string): Promise<ProjectFiles> {
  const found: Record<keyof ProjectFiles, ProjectFile[]> = {
    packages: [],
    dockerfiles: [],
    composeFiles: [],
    procfiles: [],
    runtimes: [],
  };
  await walk(folder, '', deepest, async (shown, name) => {
    const kind = kinds.find(({ has }) => has(name))?.kind;
    if (kind === undefined) return;
    const file = path.join(folder, ...shown.split('/'));
    found[kind].push({
      shown,
      name,
      folder: path.dirname(file),
      text: await readText(file, shown),
    });
  });
  return found;
}

async function walk(
  root: string,
  below: string,
  depth: number,
  visit: (shown: string, name: string) => Promise<void>,
): Promise<void> {
  const entries = await listFolder(root, below);
  for (const { name, isFolder } of entries) {
    const shown = below === '' ? name : `${below}/${name}`;
    if (!isFolder) await visit(shown, name);
    else if (depth > 0 && !skipped.has(name) && !name.startsWith('.')) {
      await walk(root, shown, depth - 1, visit);
    }
  }
}

async function listFolder(root: string, below: string) {
  try {
    const entries = await readdir(path.join(root, ...below.split('/')), { withFileTypes: true });
    return entries
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
      .sort((a, b) => Number(a.isFolder) - Number(b.isFolder) || (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (below !== '') return [];
    throw new BadInput(
      `expected a folder that can be read, got ${root}: ${reasonOf(error)}. Check the path, or leave it out for the current folder.`,
    );
  }
}

async function readText(file: string, shown: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    throw new BadInput(
      `expected ${shown} to be a file that can be read, got: ${reasonOf(error)}. Check its permissions.`,
    );
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
