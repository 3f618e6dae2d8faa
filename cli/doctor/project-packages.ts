import type { Ecosystem, ProjectPackages, SeenPackage } from '../../catalog/doctor/facts.ts';
import { lineOf } from '../../catalog/packages/line-of.ts';
import {
  isManifest,
  readNamed,
  readUnpinned,
  type NamedPackage,
} from '../../catalog/packages/read-named.ts';
import { readPackages } from '../../catalog/packages/read-packages.ts';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import type { ProjectFile } from './find-files.ts';

/** The packages of a folder. */
interface FolderPackages extends ProjectPackages {
  readonly folder: string;
}

export interface ReadPackages {
  readonly projects: readonly FolderPackages[];
  readonly problems: readonly BadInput[];
}

/** What pip installs along with Celery: who pins it pins everything. */
const comesAlong = ['kombu', 'billiard', 'vine'];

/** Reads the packages of each folder. What cannot be read is told, and the rest is read nevertheless. */
export function readProjectPackages(files: readonly ProjectFile[]): ReadPackages {
  const problems: BadInput[] = [];
  const folders = Map.groupBy(files, ({ folder }) => folder);
  const projects = [...folders].map(([folder, ofFolder]) => {
    const read = ofFolder.flatMap((file) => {
      try {
        return [readFile(file)];
      } catch (error) {
        if (!(error instanceof BadInput)) throw error;
        problems.push(error);
        return [];
      }
    });
    return { folder, ...together(read) };
  });
  return { projects: projects.filter(({ packages }) => packages.length > 0), problems };
}

interface ReadFile {
  readonly ecosystem: Ecosystem;
  readonly locked: readonly SeenPackage[];
  readonly named: readonly SeenPackage[];
  readonly complete: boolean;
}

function readFile({ name, text, shown }: ProjectFile): ReadFile {
  const lines = text.split(/\r?\n/);
  const ecosystem = ecosystemOfFile(name);
  const see = (one: NamedPackage): SeenPackage => {
    const line = lineOf(one, lines);
    return {
      package: one.package,
      version: one.version,
      ecosystem: one.package === 'bun' && name === 'package.json' ? 'runtime' : ecosystem,
      place: { file: shown, ...(line === undefined ? {} : { line }) },
    };
  };
  if (isManifest(name)) {
    const named = readNamed(name, text, shown).map(see);
    return { ecosystem, locked: [], named, complete: false };
  }
  const locked = readPackages(name, text, shown).map(see);
  const isList = /\.(?:txt|in|pip)$/.test(name);
  return {
    ecosystem,
    locked,
    named: isList ? readUnpinned(text).map(see) : [],
    complete: !isList || comesAlong.every((one) => locked.some((seen) => seen.package === one)),
  };
}

/** What a lock file says of a package counts, and what asks for it is told where no lock file does. */
function together(files: readonly ReadFile[]): ProjectPackages {
  const locked = files.flatMap((file) => file.locked);
  const complete = files.filter((file) => file.complete).map(({ ecosystem }) => ecosystem);
  const known = new Set(locked.map((one) => `${one.ecosystem} ${one.package}`));
  const named = files
    .flatMap((file) => file.named)
    .filter(
      (one) => !known.has(`${one.ecosystem} ${one.package}`) && !complete.includes(one.ecosystem),
    );
  return { packages: [...locked, ...named], complete };
}

function ecosystemOfFile(name: string): Ecosystem {
  return /^(?:package(?:-lock)?\.json|npm-shrinkwrap\.json|pnpm-lock\.ya?ml|yarn\.lock|bun\.lockb?)$/.test(
    name,
  )
    ? 'npm'
    : 'pypi';
}
