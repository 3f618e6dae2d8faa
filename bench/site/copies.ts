import { cpSync, globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { folders, projectRoot } from '../../catalog/project.ts';
import { readWriteups } from '../../catalog/writeup/read.ts';
import type { Writeup } from '../../catalog/writeup/schema.ts';

/** A write-up of this repository under another id, cut down to some of its claims. */
export interface Copy {
  readonly slug: string;
  readonly writeup: Writeup;
  /** Its claims, in the order written. */
  readonly claims: Writeup['claims'];
  /** File names in harness/evidence/ of its original: what it has recorded. */
  readonly evidence: readonly string[];
}

/** The lowest number that no write-up of the repository has. */
const firstNumber = 100;

/**
 * Plans a project of `writeups` write-ups that share `cells` pieces of evidence evenly. A copy keeps the
 * first claims that have so many, and those they need: their controls and the claim of the fix.
 */
export function planCopies(writeups: number, cells: number): Copy[] {
  const originals = readWriteups();
  const recorded = new Map(originals.map(({ slug }) => [slug, evidenceOf(slug)]));
  return Array.from({ length: writeups }, (_, index) => {
    const writeup = originals[index % originals.length];
    if (!writeup) throw new Error('expected write-ups in bugs/');
    const own = recorded.get(writeup.slug) ?? [];
    const share =
      Math.floor(((index + 1) * cells) / writeups) - Math.floor((index * cells) / writeups);
    const evidence: string[] = [];
    for (const { id } of writeup.claims) {
      const ofClaim = own.filter((name) => name.startsWith(`${id}.`));
      evidence.push(...ofClaim.slice(0, share - evidence.length));
    }
    const kept = withNeeded(writeup, new Set(evidence.map((name) => name.split('.', 1)[0] ?? '')));
    return {
      slug: `${firstNumber + index}${writeup.slug.slice(3)}`,
      writeup,
      claims: writeup.claims.filter(({ id }) => kept.has(id)),
      evidence,
    };
  });
}

function evidenceOf(slug: string): string[] {
  return globSync('*.json', { cwd: path.join(folders.evidence(projectRoot), slug) }).sort();
}

function withNeeded({ claims, fix, shownBy }: Writeup, wanted: ReadonlySet<string>): Set<string> {
  const kept = new Set([...wanted, fix.claim, ...(shownBy ? [shownBy] : [])]);
  // A set that grows while it is walked is walked to its end.
  for (const id of kept) {
    const control = claims.find((claim) => claim.id === id)?.control;
    if (control) kept.add(control);
  }
  return kept;
}

/** Writes the site with these write-ups and no others, where the packages of this repository are found. */
export function writeCopies(root: string, copies: readonly Copy[]): void {
  const parts = [
    'site',
    'catalog',
    'harness/lab/engines',
    'astro.config.mjs',
    'package.json',
    'tsconfig.json',
  ];
  for (const part of parts) {
    cpSync(path.join(projectRoot, part), path.join(root, part), {
      recursive: true,
      filter: (file) => !file.endsWith('.test.ts'),
    });
  }
  mkdirSync(folders.bugs(root), { recursive: true });
  mkdirSync(folders.scenarios(root), { recursive: true });
  for (const copy of copies) writeCopy(root, copy);
}

function writeCopy(root: string, { slug, writeup, claims, evidence }: Copy): void {
  const id = `BUG-${slug.split('-', 1)[0] ?? ''}`;
  const ids = new Set(claims.map((claim) => claim.id));
  const { frontmatter, body } = readParts(writeup.file);
  const text = stringify({
    ...frontmatter,
    id,
    claims: frontmatter.claims.filter((claim) => ids.has(claim.id)),
    matrices: (frontmatter.matrices ?? [])
      .map((matrix) => ({
        ...matrix,
        rows: matrix.rows
          .map((row) => ({ ...row, claims: row.claims.filter((claim) => ids.has(claim)) }))
          .filter((row) => row.claims.length > 0),
      }))
      .filter((matrix) => matrix.rows.length > 0),
  });
  writeFileSync(path.join(folders.bugs(root), `${slug}.mdx`), `---\n${text}---\n${body}`);
  symlinkSync(
    path.join(folders.scenarios(projectRoot), writeup.slug),
    path.join(folders.scenarios(root), slug),
    'junction',
  );
  const folder = path.join(folders.evidence(root), slug);
  mkdirSync(folder, { recursive: true });
  for (const name of evidence) {
    const from = path.join(folders.evidence(projectRoot), writeup.slug, name);
    const recorded = JSON.parse(readFileSync(from, 'utf8')) as Record<string, unknown>;
    writeFileSync(path.join(folder, name), JSON.stringify({ ...recorded, bug: id, slug }));
  }
}

interface WrittenMatrix {
  rows: { claims: string[] }[];
}

interface Parts {
  frontmatter: { claims: { id: string }[]; matrices?: WrittenMatrix[] };
  body: string;
}

/** The two parts of a write-up as they were written. */
export function readParts(file: string): Parts {
  const text = readFileSync(path.resolve(projectRoot, file), 'utf8');
  const [, frontmatter = '', body = ''] = /^---\n(.*?\n)---\n(.*)$/s.exec(text) ?? [];
  return { frontmatter: parse(frontmatter) as Parts['frontmatter'], body };
}
