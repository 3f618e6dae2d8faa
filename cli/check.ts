import { existsSync, readdirSync } from 'node:fs';
import { execa } from 'execa';
import { BadInput } from '../catalog/problem/bad-input.ts';
import { didYouMean } from '../catalog/problem/did-you-mean.ts';
import { formatProblem } from '../catalog/problem/problem.ts';
import { folders, projectRoot } from '../catalog/project.ts';
import { changedBugs } from '../harness/selection/changed.ts';
import type { Configure } from './command.ts';
import { print } from './terminal.ts';

interface Options {
  changed?: string | true;
}

export const configure: Configure = (command) => {
  command
    .argument(
      '[bugs...]',
      'the bugs to check, such as 002 or BUG-002 (default: the whole repository)',
    )
    .option('--changed [base]', 'the bugs that differ from a branch or a commit (default: main)')
    .action(async (bugs: string[], { changed }: Options) => {
      if (bugs.length === 0 && changed === undefined) return checkEverything();
      const slugs = new Set(bugs.map((bug) => slugOf(bug)));
      if (changed !== undefined) {
        const { bugs: differing } = await changedBugs(changed === true ? undefined : changed);
        for (const slug of differing) slugs.add(slug);
      }
      process.exitCode = await checkBugs([...slugs]);
    });
};

/** @returns the exit code: 0 where nothing is wrong, else 1. */
async function checkBugs(slugs: readonly string[]): Promise<number> {
  if (slugs.length === 0) {
    print('no bug has changed');
    return 0;
  }
  const started = performance.now();
  // ESLint, Prettier and TypeScript take their time to load.
  const { tools } = await import('./check/tools.ts');
  let found = 0;
  for (const [name, look] of Object.entries(tools)) {
    const problems = await look(slugs);
    found += problems.length;
    print(`${problems.length === 0 ? '✔' : '✘'} ${name}`);
    for (const problem of problems) print(`  ${formatProblem(problem)}`);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  print(
    '',
    `${slugs.join(', ')}: ${found === 0 ? 'nothing wrong' : `${found} to put right`}, ${seconds} s`,
  );
  return found === 0 ? 0 : 1;
}

async function checkEverything(): Promise<void> {
  for (const script of ['lint', 'types', 'links']) {
    const options = {
      cwd: projectRoot,
      stdio: 'inherit',
      reject: false,
      preferLocal: true,
    } as const;
    const { exitCode } = await execa('npm', ['run', script], options);
    if (exitCode !== 0) {
      process.exitCode = 1;
      return;
    }
  }
}

/**
 * The slug of a bug by its number, its id or its slug: by names of files, for a write-up that cannot be
 * read has most need of a check.
 */
function slugOf(bug: string): string {
  const wanted = bug.trim().toLowerCase();
  const number = wanted.replace(/^bug-/, '').padStart(3, '0');
  const slugs = readdirSync(folders.bugs(projectRoot)).flatMap(
    (name) => /^(\d+-.*)\.mdx$/.exec(name)?.[1] ?? [],
  );
  const lone = existsSync(folders.scenarios(projectRoot))
    ? readdirSync(folders.scenarios(projectRoot)).filter((name) => /^\d+-/.test(name))
    : [];
  const known = [...new Set([...slugs, ...lone])];
  const slug = known.find((one) => one === wanted || one.startsWith(`${number}-`));
  if (slug !== undefined) return slug;
  throw new BadInput(
    `expected a bug such as 002, BUG-002 or its slug, got "${bug}".${didYouMean(bug, known)} For those there are type: poolproof list`,
  );
}
