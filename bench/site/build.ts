import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { execa } from 'execa';

/** What one build took. */
export interface BuildCost {
  readonly wallSeconds: number;
  /** Of the process that builds, over all its threads. */
  readonly cpuSeconds: number;
  /** The most memory that process held at once. */
  readonly peakMegabytes: number;
  readonly pages: number;
  readonly megabytes: number;
}

const astro = path.join(
  path.dirname(fileURLToPath(import.meta.resolve('astro/package.json'))),
  'bin/astro.mjs',
);
const noteUsage = pathToFileURL(path.join(import.meta.dirname, 'note-usage.mjs')).href;

/**
 * Builds the Astro project in a folder from nothing.
 * @throws ExecaError with the end of its output when it cannot be built.
 */
export async function measureBuild(root: string): Promise<BuildCost> {
  const usageFile = path.join(root, 'usage.json');
  const begun = performance.now();
  await execa(process.execPath, ['--import', noteUsage, astro, 'build'], {
    cwd: root,
    env: { NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1', BENCH_USAGE: usageFile },
  });
  const wallSeconds = (performance.now() - begun) / 1000;
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(
    readFileSync(usageFile, 'utf8'),
  ) as NodeJS.ResourceUsage;
  const dist = path.join(root, 'dist');
  const files = globSync('**/*', { cwd: dist }).map((name) => path.join(dist, name));
  return {
    wallSeconds,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMegabytes: maxRSS / 1024,
    pages: files.filter((file) => file.endsWith('.html')).length,
    megabytes: files.reduce((sum, file) => sum + statSync(file).size, 0) / 2 ** 20,
  };
}
