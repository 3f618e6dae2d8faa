import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { formatProblem } from '../problem/problem.ts';
import { folders, projectRoot } from '../project.ts';
import { parseWriteup } from '../writeup/parse.ts';
import { checkProject } from './check-project.ts';
import { checkCommits } from './evidence-and-commit.ts';

test('write-ups, scenarios and evidence of this repository agree', () => {
  expect(checkProject(projectRoot).map(formatProblem)).toEqual([]);
});

test('evidence names commits of this history', ({ skip }) => {
  const checked = checkCommits(projectRoot);
  if ('notChecked' in checked) skip(checked.notChecked);
  else expect(checked.problems.map(formatProblem)).toEqual([]);
});

test.each(['TEMPLATE.mdx', 'TEMPLATE.bullmq.mdx'])(
  '%s is a valid write-up once it has the name of its bug',
  async (name) => {
    const text = await readFile(path.join(folders.bugs(projectRoot), name), 'utf8');
    const [, number] = /^id: BUG-(\d{3})$/m.exec(text) ?? [];
    const { problems } = parseWriteup(text, `bugs/${number ?? ''}-your-bug.mdx`);
    expect(problems.map(formatProblem)).toEqual([]);
  },
);
