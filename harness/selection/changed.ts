import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import { folders, projectRoot } from '../../catalog/project.ts';

/** What differs from another state of the repository. */
export interface Changed {
  /** The slugs of the bugs whose own files differ, in the order of their names. */
  readonly bugs: readonly string[];
  /** Files that all bugs stand on: the lab, and what drives scenarios. */
  readonly shared: readonly string[];
}

/**
 * The bugs that differ from a commit: committed since, not yet committed, or not yet known to Git. A
 * file that scenarios share concerns those that import it.
 *
 * @param base a branch or a commit; what has changed there since the two parted does not count. Default:
 * origin/main, or main where there is none.
 * @throws BadInput outside of a Git repository, and for a base that it does not know.
 */
export async function changedBugs(base?: string, root = projectRoot): Promise<Changed> {
  const from = await forkPoint(base === undefined ? ['origin/main', 'main'] : [base], root);
  const [tracked, unknown] = await Promise.all([
    git(root, 'diff', '--name-only', '--relative', '-z', from),
    git(root, 'ls-files', '--others', '--exclude-standard', '-z'),
  ]);
  const files = [...tracked.split('\0'), ...unknown.split('\0')].filter((file) => file !== '');
  const own = files.flatMap((file) => ownerOf(file) ?? []);
  const helpers = files.flatMap(
    (file) => /^harness\/scenarios\/([^/]+\.ts)$/.exec(file)?.[1] ?? [],
  );
  const users = helpers.length > 0 ? usersOf(helpers, root) : [];
  return {
    bugs: [...new Set([...own, ...users])].toSorted(),
    shared: files.filter((file) => /^harness\/(lab|scenario)\//.test(file)),
  };
}

/** The bug that a file belongs to, by its slug. */
function ownerOf(file: string): string | undefined {
  const [, slug] =
    /^(?:bugs\/(\d[^/]*)\.mdx$|harness\/scenarios\/(\d[^/]*)\/)/.exec(file)?.filter(Boolean) ?? [];
  return slug;
}

/** The scenarios that import one of the files beside them. */
function usersOf(helpers: readonly string[], root: string): string[] {
  const folder = folders.scenarios(root);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((slug) =>
      readdirSync(path.join(folder, slug))
        .filter((name) => name.endsWith('.ts'))
        .map((name) => readFileSync(path.join(folder, slug, name), 'utf8'))
        .some((text) => helpers.some((helper) => text.includes(`'../${helper}'`))),
    );
}

async function forkPoint(bases: readonly string[], root: string): Promise<string> {
  for (const base of bases) {
    const { stdout, exitCode } = await execa('git', ['merge-base', 'HEAD', base], {
      cwd: root,
      reject: false,
    });
    if (exitCode === 0) return stdout.trim();
  }
  throw new BadInput(
    `expected a branch or a commit that Git knows here, got ${bases.join(' and ')}. Name another: --changed HEAD`,
  );
}

async function git(root: string, ...args: string[]): Promise<string> {
  const { stdout } = await execa('git', args, { cwd: root });
  return stdout;
}
