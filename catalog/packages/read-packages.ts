import { parseSyml } from '@yarnpkg/parsers';
import { parse as parseJsonc, type ParseError } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { BadInput } from '../problem/bad-input.ts';
import { BrokenAt, lineOfError } from './broken-line.ts';
import { normalName } from './normal-name.ts';

/** A package at the version that a lock file names. */
export interface LockedPackage {
  readonly package: string;
  readonly version: string;
}

const versioned = z.looseObject({ version: z.string().optional() });
const npmSchema = z.looseObject({
  packages: z.record(z.string(), versioned).optional(),
  // The first form of the lock file has no `packages`.
  dependencies: z.record(z.string(), z.unknown()).optional(),
});
const pnpmSchema = z.looseObject({ packages: z.record(z.string(), z.unknown()) });
const yarnSchema = z.record(z.string(), z.unknown());
const bunSchema = z.looseObject({ packages: z.record(z.string(), z.array(z.unknown())) });
const pipenvSchema = z.looseObject({
  default: z.record(z.string(), versioned).optional(),
  develop: z.record(z.string(), versioned).optional(),
});
const tomlPackages = z.array(z.looseObject({ name: z.string(), version: z.string().optional() }));
/** pylock.toml (PEP 751) says `packages`, the others `package`. */
const tomlSchema = z.union([
  z.looseObject({ package: tomlPackages }).transform((read) => read.package),
  z.looseObject({ packages: tomlPackages }).transform(({ packages }) => packages),
]);

type Read = (text: string) => LockedPackage[];

/** By the name of the file, in the order in which they are tried. */
const formats: readonly { readonly names: RegExp; readonly read: Read }[] = [
  { names: /^(?:package-lock|npm-shrinkwrap)\.json$/, read: readNpm },
  { names: /^pnpm-lock\.ya?ml$/, read: readPnpm },
  { names: /^yarn\.lock$/, read: readYarn },
  { names: /^bun\.lock$/, read: readBun },
  { names: /^Pipfile\.lock$/, read: readPipenv },
  { names: /^(?:poetry|uv|pdm|pylock(?:\.[\w-]+)?)\.(?:lock|toml)$/, read: readToml },
  { names: /(?:requirements|constraints|freeze).*\.(?:txt|in|pip)$/, read: readRequirements },
];

const known =
  'package-lock.json, pnpm-lock.yaml, yarn.lock, bun.lock, requirements.txt, poetry.lock, uv.lock, pdm.lock or Pipfile.lock';

/** Whether a file of this name is read. `bun.lockb`, which is no text, is: to be refused. */
export function isLockfile(name: string): boolean {
  return name === 'bun.lockb' || formats.some(({ names }) => names.test(name));
}

/**
 * Reads the packages of a lock file, each version once.
 *
 * @param name the name of the file, without folders; it says how the text is to be read.
 * @param shown what errors call the file; its name by default.
 * @throws BadInput for a file of another name, and for a text that is no such file, with the line
 *   where it stops being one.
 */
export function readPackages(name: string, text: string, shown = name): LockedPackage[] {
  if (name === 'bun.lockb') {
    throw new BadInput(
      `expected a lock file in text, got ${shown}. Type bun install --save-text-lockfile, and give bun.lock.`,
    );
  }
  const format = formats.find(({ names }) => names.test(name));
  if (!format) throw new BadInput(`expected ${known}, got ${shown}. Give the lock file itself.`);
  try {
    return once(format.read(text));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    const line = lineOfError(error, text);
    const place = line === undefined ? '' : `${shown}:${line}: `;
    throw new BadInput(
      `${place}expected ${shown} to hold locked packages, got: ${reason.split(/\r?\n/)[0] ?? ''}. Make it again with its package manager.`,
    );
  }
}

function readNpm(text: string): LockedPackage[] {
  const { packages, dependencies } = npmSchema.parse(JSON.parse(text));
  if (!packages) return nestedNpm(dependencies ?? {});
  return Object.entries(packages).flatMap(([path, { version, name }]) => {
    const place = path.lastIndexOf('node_modules/');
    if (place === -1 || version === undefined) return [];
    // An alias has the name of what it stands for.
    const own = typeof name === 'string' ? name : path.slice(place + 'node_modules/'.length);
    return [{ package: own, version }];
  });
}

function nestedNpm(dependencies: Readonly<Record<string, unknown>>): LockedPackage[] {
  return Object.entries(dependencies).flatMap(([name, entry]) => {
    const { version, dependencies: inner } = versioned.parse(entry);
    const nested = z.record(z.string(), z.unknown()).safeParse(inner).data ?? {};
    return [...(version ? [{ package: name, version }] : []), ...nestedNpm(nested)];
  });
}

/** `/bullmq/5.1.0`, `/bullmq@5.1.0(…)`, `bullmq@5.1.0`: pnpm has written keys in three ways. */
function readPnpm(text: string): LockedPackage[] {
  const { packages } = pnpmSchema.parse(parseYaml(text));
  return Object.keys(packages).flatMap((key) => {
    const [, name, version] = /^\/?((?:@[^/]+\/)?[^@/]+)[@/]v?(\d[^(_/]*)/.exec(key) ?? [];
    return name && version ? [{ package: name, version }] : [];
  });
}

/** Yarn 1 and the later ones: `bullmq@^5.0.0, bullmq@^5.1.0` and `"bullmq@npm:^5.0.0"`. */
function readYarn(text: string): LockedPackage[] {
  const entries = Object.entries(yarnSchema.parse(parseSyml(text)));
  if (entries.length === 0 && text.trim() !== '' && !/^\s*#/.test(text)) {
    throw new Error('no packages');
  }
  return entries.flatMap(([key, entry]) => {
    const { data } = versioned.safeParse(entry);
    const [, name] = /^"?((?:@[^/@]+\/)?[^@]+)@/.exec(key) ?? [];
    return name && data?.version ? [{ package: name, version: data.version }] : [];
  });
}

/** The first of each list is `name@version`. */
function readBun(text: string): LockedPackage[] {
  const errors: ParseError[] = [];
  const content: unknown = parseJsonc(text, errors, { allowTrailingComma: true });
  const [broken] = errors;
  if (broken) throw new BrokenAt('no JSON', broken.offset);
  return Object.values(bunSchema.parse(content).packages).flatMap(([id]) => {
    const [, name, version] = /^((?:@[^/]+\/)?[^@]+)@(\d.*)$/.exec(String(id)) ?? [];
    return name && version ? [{ package: name, version }] : [];
  });
}

function readPipenv(text: string): LockedPackage[] {
  const { default: main = {}, develop = {} } = pipenvSchema.parse(JSON.parse(text));
  return Object.entries({ ...develop, ...main }).flatMap(([name, { version }]) =>
    version?.startsWith('==') ? [{ package: name, version: version.slice(2) }] : [],
  );
}

function readToml(text: string): LockedPackage[] {
  return tomlSchema
    .parse(parseToml(text))
    .flatMap(({ name, version }) => (version ? [{ package: name, version }] : []));
}

/** Only what is pinned is known: `celery[redis]==5.6.1 ; python_version > "3.8"`. */
function readRequirements(text: string): LockedPackage[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, name, version] =
      /^\s*([A-Za-z\d][\w.-]*)\s*(?:\[[^\]]*\])?\s*={2,3}\s*([^\s;,#*\\]+)/.exec(line) ?? [];
    return name && version ? [{ package: name, version }] : [];
  });
}

function once(packages: readonly LockedPackage[]): LockedPackage[] {
  const seen = new Map<string, LockedPackage>();
  for (const { package: name, version } of packages) {
    const normal = normalName(name);
    seen.set(`${normal}@${version}`, { package: normal, version });
  }
  return [...seen.values()];
}
