import { createRequire } from 'node:module';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { execa } from 'execa';
import gracefulFs from 'graceful-fs';
import type { Reporter } from '../reporter.ts';
import { fingerprintSources } from './fingerprint.ts';

/** Waits where Windows refuses, because a virus scanner looks through the new files. */
const rename = promisify(gracefulFs.rename);

/**
 * Astro reads these where they are set, and whoever runs a start may have set them: with `DEV` it
 * builds as for development, which takes ten times as long.
 */
const buildEnvironment = {
  NODE_ENV: 'production',
  MODE: undefined,
  DEV: undefined,
  PROD: undefined,
};

export interface DocsBuild {
  readonly projectRoot: string;
  /** Holds the built docs, one folder per state of their sources; older ones are removed. */
  readonly docsDir: string;
  readonly signal: AbortSignal;
  readonly report: Reporter;
}

/**
 * Builds the docs unless they are built from exactly these sources already.
 * @returns the folder with the built docs.
 * @throws Error with the end of Astro's output.
 */
export async function buildDocs(build: DocsBuild): Promise<string> {
  const built = path.join(build.docsDir, await fingerprintSources(build.projectRoot));
  if (await exists(built)) {
    build.report.say('docs', 'built already');
    return built;
  }
  await build.report.step('docs', 'building, on the first start and after changes', () =>
    replaceWith(built, build),
  );
  return built;
}

async function replaceWith(built: string, build: DocsBuild): Promise<void> {
  await mkdir(build.docsDir, { recursive: true });
  const outdated = await readdir(build.docsDir);
  // Beside its place until it is whole: a build that was cut short must never be served.
  const partial = path.join(build.docsDir, 'partial');
  await rm(partial, { recursive: true, force: true, maxRetries: 5 });
  await runAstro(build, partial);
  await rename(partial, built);
  for (const name of outdated) {
    await rm(path.join(build.docsDir, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

async function runAstro(build: DocsBuild, outDir: string): Promise<void> {
  const manifest = createRequire(import.meta.url).resolve('astro/package.json');
  const astro = path.join(path.dirname(manifest), 'bin', 'astro.mjs');
  const child = execa(process.execPath, [astro, 'build', '--outDir', outDir], {
    cwd: build.projectRoot,
    env: { ...buildEnvironment, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
    stdin: 'ignore',
    all: true,
    cancelSignal: build.signal,
    forceKillAfterDelay: 2000,
    reject: false,
  });
  for await (const line of child.iterable({ from: 'all' })) {
    const stage = stageOf(line);
    if (stage) build.report.say('docs', stage);
  }
  const { failed, all } = await child;
  build.signal.throwIfAborted();
  if (failed) throw new Error(all.split(/\r?\n/).slice(-15).join('\n'));
}

/** Astro announces what it begins: `12:35:14 [build] Building static entrypoints...`. */
function stageOf(line: string): string | undefined {
  return /\] (?<stage>.+)\.\.\.$/.exec(line)?.groups?.stage;
}

async function exists(dir: string): Promise<boolean> {
  return stat(dir).then(
    () => true,
    () => false,
  );
}
