import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import type { Evidence, Observation } from '../../catalog/evidence/schema.ts';
import { folders, projectRoot } from '../../catalog/project.ts';
import { readParts, type Copy } from './copies.ts';

const config = `import starlight from '@astrojs/starlight';
import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';

export default defineConfig({
  integrations: [
    starlight({
      title: 'stock',
      sidebar: [{ label: 'Bugs', collapsed: true, items: [{ autogenerate: { directory: 'bugs' } }] }],
    }),
    mdx(),
  ],
});
`;

const contentConfig = `import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
import { defineCollection } from 'astro:content';

export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
`;

/**
 * Writes the peer: Starlight as it comes, with the same pages, written by hand as somebody would who has
 * no generator. A page for each write-up with its text, its fix and a table of its claims; a page for each
 * claim that has evidence, with the whole log of each cell; a matrix for each write-up; a home page.
 */
export function writeStock(root: string, copies: readonly Copy[]): void {
  const page = (name: string, title: string, text: string): void => {
    const file = path.join(root, 'src/content/docs', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `---\n${stringify({ title })}---\n\n${text}\n`);
  };
  mkdirSync(path.join(root, 'src'), { recursive: true });
  writeFileSync(path.join(root, 'astro.config.mjs'), config);
  writeFileSync(path.join(root, 'src/content.config.ts'), contentConfig);
  // Vite bundles what the dependencies say.
  copyFileSync(path.join(projectRoot, 'package.json'), path.join(root, 'package.json'));
  page('index.md', 'Home', 'Worker-pool failures.');
  for (const copy of copies) {
    const { writeup, slug } = copy;
    page(`bugs/${slug}.mdx`, writeup.title, bugText(copy));
    page(`matrix/${slug}.md`, `Matrix of ${writeup.id}`, matrixText(copy));
    for (const [claim, names] of Map.groupBy(
      copy.evidence,
      (name) => name.split('.', 1)[0] ?? '',
    )) {
      const runs = names.map((name) => readRun(writeup.slug, name));
      page(`evidence/${slug}/${claim}.md`, runs[0]?.says ?? claim, runs.map(runText).join('\n\n'));
    }
  }
}

function readRun(slug: string, name: string): Evidence {
  const file = path.join(folders.evidence(projectRoot), slug, name);
  return JSON.parse(readFileSync(file, 'utf8')) as Evidence;
}

function bugText({ writeup, claims }: Copy): string {
  const { symptom, signatures, fix } = writeup;
  return [
    '## In short',
    plain(symptom),
    ...signatures.map(({ template }) => fenced('text', template)),
    '## Quick fix',
    plain(fix.summary),
    fenced(fix.language, fix.code),
    readParts(writeup.file).body,
    '## Every claim',
    table(
      ['Claim', 'Version', 'Platform'],
      claims.map(({ says, run }) => [says, run.versions.join(', '), run.platforms.join(', ')]),
    ),
  ].join('\n\n');
}

function matrixText({ claims, evidence }: Copy): string {
  return table(
    ['Claim', 'Cells'],
    claims.map(({ id }) => [
      id,
      evidence
        .filter((name) => name.startsWith(`${id}.`))
        .map((name) => name.slice(id.length + 1, -'.json'.length))
        .join(', '),
    ]),
  );
}

function runText({ cell, runs, commands, versions }: Evidence): string {
  return [
    `## ${cell.engine} ${cell.version} on ${cell.platform}`,
    fenced('sh', commands.join('\n')),
    table(['Package', 'Version'], Object.entries(versions)),
    ...runs.flatMap((run) => ('observation' in run ? observationText(run.observation) : run.error)),
  ].join('\n\n');
}

function observationText({ jobs, facts, log, startedAt }: Observation): string {
  return [
    `Started ${startedAt}.`,
    table(
      ['Job', 'State', 'Error'],
      jobs.map(({ name, state, error }) => [name, state, error ?? '']),
    ),
    table(
      ['Fact', 'Value'],
      Object.entries(facts).map(([name, value]) => [name, value.toString()]),
    ),
    fenced('text', log.join('\n')),
  ].join('\n\n');
}

const fenced = (language: string, code: string): string =>
  `~~~~${language}\n${code.trimEnd()}\n~~~~`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map(plain))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

/** Text that Markdown and MDX take as it stands. */
const plain = (text: string): string =>
  text
    .replaceAll(/[\n\r]+/g, ' ')
    .replaceAll(/[\\`*_{}[\]<>|~]/g, (sign) => `&#${sign.codePointAt(0) ?? 0};`);
