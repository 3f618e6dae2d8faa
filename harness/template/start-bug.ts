import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { engines, type Engine } from '../../catalog/cell/values.ts';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import { folders, projectRoot } from '../../catalog/project.ts';

export interface NewBug {
  /** `celery-task-runs-twice`. */
  readonly slug: string;
  /** Default: that whose name the slug begins with, else Celery. */
  readonly engine?: Engine;
  /** Default: one more than the highest there is. */
  readonly number?: number;
  /** The folder that holds bugs/ and harness/; this project by default. */
  readonly root?: string;
}

const templates: Readonly<Record<Engine, string>> = {
  celery: 'TEMPLATE.mdx',
  bullmq: 'TEMPLATE.bullmq.mdx',
};

/**
 * Makes a write-up, its scenario and its actors, which run as they stand.
 *
 * @returns the number of the bug as it is written, and the files that were made.
 * @throws BadInput where the number or a file is taken. Nothing is written over.
 */
export async function startBug(bug: NewBug): Promise<{ number: string; files: string[] }> {
  const { slug, root = projectRoot } = bug;
  const engine = bug.engine ?? engines.find((name) => slug.startsWith(`${name}-`)) ?? 'celery';
  const taken = await takenNumbers(root);
  const wanted = bug.number ?? Math.max(0, ...taken.keys()) + 1;
  const owner = taken.get(wanted);
  if (owner !== undefined) {
    throw new BadInput(
      `expected a number that is free, got ${wanted}, which ${owner} has. Leave out --number to get the next.`,
    );
  }
  const number = String(wanted).padStart(3, '0');
  const name = `${number}-${slug}`;
  const writeup = path.join(folders.bugs(root), `${name}.mdx`);
  const scenario = path.join(folders.scenarios(root), name);
  const text = await readFile(path.join(folders.bugs(projectRoot), templates[engine]), 'utf8');
  await mkdir(folders.scenarios(root), { recursive: true });
  // Two who take the same number at once: the folder is made by one of them.
  await mkdir(scenario);
  await cp(path.join(import.meta.dirname, engine), scenario, { recursive: true });
  await writeFile(writeup, numbered(text, number), { flag: 'wx' });
  const inside = await readdir(scenario, { recursive: true, withFileTypes: true });
  const files = inside
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return { number, files: [writeup, ...files].map((file) => path.relative('', file)) };
}

/** The template's text with the number in the places of 000, and without what it says of itself. */
function numbered(text: string, number: string): string {
  return text
    .replace(/^# docs\/frontmatter\.md .*$/m, '# docs/frontmatter.md explains every key.')
    .replace('BUG-000', `BUG-${number}`)
    .replace('harness -- 000', `harness -- ${number}`);
}

/** Who has which number. A scenario without a write-up has its number, too. */
async function takenNumbers(root: string): Promise<Map<number, string>> {
  const taken = new Map<number, string>();
  for (const folder of [folders.bugs(root), folders.scenarios(root)]) {
    if (!existsSync(folder)) continue;
    for (const name of await readdir(folder)) {
      const [, number] = /^(\d+)-/.exec(name) ?? [];
      if (number !== undefined) taken.set(Number(number), name);
    }
  }
  return taken;
}
