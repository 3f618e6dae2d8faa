import { parse as parseToml } from 'smol-toml';
import { z } from 'zod';
import { BadInput } from '../problem/bad-input.ts';
import { lineOfError } from './broken-line.ts';
import { normalName } from './normal-name.ts';

/** A package that a project asks for; its version where one exact version is asked for. */
export interface NamedPackage {
  readonly package: string;
  readonly version?: string;
}

const names = z.record(z.string(), z.unknown());
const packageSchema = z.looseObject({
  dependencies: names.optional(),
  optionalDependencies: names.optional(),
  packageManager: z.string().optional(),
});
const projectSchema = z.looseObject({
  project: z.looseObject({ dependencies: z.array(z.string()).optional() }).optional(),
  tool: z
    .looseObject({ poetry: z.looseObject({ dependencies: names.optional() }).optional() })
    .optional(),
});

/** Whether a file of this name says which packages a project asks for, without being a lock file. */
export function isManifest(name: string): boolean {
  return name === 'package.json' || name === 'pyproject.toml';
}

/**
 * Reads which packages a project asks for. What only development needs is left out.
 *
 * @param shown what errors call the file; its name by default.
 * @throws BadInput for a text that is no such file.
 */
export function readNamed(name: string, text: string, shown = name): NamedPackage[] {
  try {
    return name === 'package.json' ? readPackageJson(text) : readPyproject(text);
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    const line = lineOfError(error, text);
    throw new BadInput(
      `${line === undefined ? '' : `${shown}:${line}: `}expected ${shown} to name packages, got: ${reason.split(/\r?\n/)[0] ?? ''}. Repair the file.`,
    );
  }
}

/** Names in a requirements file that have no exact version: `celery>=5`, `redis @ https://…`. */
export function readUnpinned(text: string): NamedPackage[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, name] =
      /^\s*([A-Za-z\d][\w.-]*)\s*(?:\[[^\]]*\])?\s*(?:[<>~!;@#]|===?\s*\d+(?:\.\d+)*\.\*|$)/.exec(
        line,
      ) ?? [];
    return name ? [{ package: normalName(name) }] : [];
  });
}

function readPackageJson(text: string): NamedPackage[] {
  const { dependencies, optionalDependencies, packageManager } = packageSchema.parse(
    JSON.parse(text),
  );
  const [, bun] = /^bun@(\d+\.\d+\.\d+)/.exec(packageManager ?? '') ?? [];
  return [
    ...Object.entries({ ...optionalDependencies, ...dependencies }).map(([name, range]) =>
      exact(name, String(range)),
    ),
    ...(bun ? [{ package: 'bun', version: bun }] : []),
  ];
}

function exact(name: string, range: string): NamedPackage {
  const [, version] = /^=?v?(\d+\.\d+\.\d+(?:-[\w.]+)?)$/.exec(range) ?? [];
  return version ? { package: normalName(name), version } : { package: normalName(name) };
}

function readPyproject(text: string): NamedPackage[] {
  const { project, tool } = projectSchema.parse(parseToml(text));
  const listed = (project?.dependencies ?? []).flatMap((one) => {
    const [, name, version] =
      /^\s*([A-Za-z\d][\w.-]*)\s*(?:\[[^\]]*\])?\s*(?:={2,3}\s*([\w.]+)\s*(?:;|$))?/.exec(one) ??
      [];
    if (!name) return [];
    return [version ? { package: normalName(name), version } : { package: normalName(name) }];
  });
  const poetry = Object.keys(tool?.poetry?.dependencies ?? {}).map((name) => ({
    package: normalName(name),
  }));
  return [...listed, ...poetry];
}
