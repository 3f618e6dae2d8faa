import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { stringify } from 'yaml';
import { Sources } from '../../catalog/evidence/digest.ts';
import { cellName, type Evidence } from '../../catalog/evidence/schema.ts';
import type { Frontmatter } from '../../catalog/writeup/schema.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const astro = path.join(
  path.dirname(fileURLToPath(import.meta.resolve('astro/package.json'))),
  'bin/astro.mjs',
);

/** A copy of the repository's site with some of its write-ups, removed when disposed of. */
export interface SiteProject extends AsyncDisposable {
  /** The folder of the built pages. */
  readonly dist: string;
  /** Adds a write-up with its evidence. */
  add(slug: string, writeup: Frontmatter, evidence: Evidence[]): Promise<void>;
  /** @param env settings of the site; see site/settings.ts. */
  build(env?: Record<string, string>): Promise<void>;
}

/**
 * Makes the copy inside the repository, because the packages that a build uses must be found above it.
 * @param slugs the write-ups that it brings, with their evidence.
 */
export async function copySite(slugs: string[]): Promise<SiteProject> {
  const home = path.join(repository, '.poolproof');
  await mkdir(home, { recursive: true });
  const root = await mkdtemp(path.join(home, 'site-test-'));
  const copied = [
    'site',
    'catalog',
    ...slugs.map((slug) => `bugs/${slug}.mdx`),
    ...slugs.map((slug) => `harness/evidence/${slug}`),
    // What evidence is compared with, to see whether it is stale.
    'harness/scenarios',
    'harness/lab/engines',
    'astro.config.mjs',
    'package.json',
    'tsconfig.json',
  ];
  await mkdir(path.join(root, 'harness/evidence'), { recursive: true });
  await mkdir(path.join(root, 'bugs'), { recursive: true });
  // No evidence is there before the first is recorded.
  for (const part of copied.filter((name) => existsSync(path.join(repository, name)))) {
    await cp(path.join(repository, part), path.join(root, part), {
      recursive: true,
      filter: (file) => !file.endsWith('.test.ts'),
    });
  }
  return {
    dist: path.join(root, 'dist'),
    async add(slug, writeup, evidence) {
      const text = `---\n${stringify(asWritten(writeup))}---\n\n## Why\n\nBecause it is noon.\n`;
      await writeFile(path.join(root, 'bugs', `${slug}.mdx`), text);
      const folder = path.join(root, 'harness/evidence', slug);
      await mkdir(folder, { recursive: true });
      for (const one of evidence) {
        const file = path.join(folder, `${one.claim}.${cellName(one.cell)}.json`);
        await writeFile(file, JSON.stringify(recordedIn(root, writeup, one)));
      }
    },
    async build(env = {}) {
      await execa(process.execPath, [astro, 'build'], {
        cwd: root,
        // Vitest's own would make it a development build.
        env: { NODE_ENV: 'production', MODE: undefined, DEV: undefined, PROD: undefined, ...env },
      });
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** The write-up as somebody would write it, with nothing left to defaults. */
function asWritten({ claims, ...others }: Frontmatter): object {
  return {
    ...others,
    claims: claims.map(({ expect: { outcome, signature, facts }, ...claim }) => ({
      ...claim,
      expect: outcome === 'works' ? { works: facts } : { fails: { signature, facts } },
    })),
  };
}

/** The evidence as if it had been recorded from the scenarios and programs of this project. */
function recordedIn(root: string, { claims }: Frontmatter, evidence: Evidence): Evidence {
  const { slug, cell, recordedFrom } = evidence;
  const [claim, control] = [evidence.claim, evidence.control.claim].map((id) =>
    claims.find((one) => one.id === id),
  );
  if (!claim || !control)
    throw new Error(`expected the claim of ${evidence.claim} and its control`);
  const digests = new Sources(root).digestsOf({ slug, claim, cell, control });
  return { ...evidence, recordedFrom: { ...recordedFrom, digests } };
}
