import { appendFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  createFixtureProject,
  scenarioFile,
  writeupFile,
} from '../../catalog/fixtures/sound-project.ts';
import { formatProblem } from '../../catalog/problem/problem.ts';
import { projectRoot } from '../../catalog/project.ts';
import { tools } from './tools.ts';

const slug = '007-sleepy-worker';

async function problems(tool: string, root: string, one = slug): Promise<string> {
  const found = (await tools[tool]?.([one], root)) ?? [];
  return found.map(formatProblem).join('\n');
}

describe('each tool tells what is wrong with a bug, at its line', () => {
  test('the catalog: a claim without a function', async () => {
    await using project = await createFixtureProject();
    expect(await problems('catalog', project.root)).toBe('');
    await project.edit(scenarioFile, "claim('sleeps'", "claim('slumbers'");
    expect(await problems('catalog', project.root)).toContain(
      'expected a function for the claim "sleeps", got none',
    );
  });

  test('the catalog: another bug that cannot be read keeps this one from being checked, which is said', async () => {
    await using project = await createFixtureProject();
    await project.write('bugs/008-unreadable.mdx', 'nothing');
    expect(await problems('catalog', project.root)).toMatch(
      /008-unreadable\.mdx:1:1: expected files that can be read.*npm run check -- 008/,
    );
    expect(await problems('catalog', project.root, '008-unreadable')).toContain(
      'expected frontmatter',
    );
  });

  test('types', async () => {
    await using project = await createFixtureProject();
    await project.write('package.json', '{ "type": "module" }');
    const file = path.join(project.root, scenarioFile);
    await writeFile(file, 'export const one: number = 1;\n');
    expect(await problems('types', project.root)).toBe('');
    await appendFile(file, "export const two: number = 'two';\n");
    expect(await problems('types', project.root)).toMatch(
      /scenario\.ts:2:14: Type 'string' is not assignable to type 'number'/,
    );
  });

  test('Prettier', async () => {
    await using project = await createFixtureProject();
    await project.write('.prettierrc.json', '{ "singleQuote": true, "printWidth": 100 }');
    expect(await problems('prettier', project.root)).toBe('');
    await project.edit(writeupFile, 'severity: medium', 'severity:    medium');
    expect(await problems('prettier', project.root)).toContain('npx prettier --write');
  });
});

test('a write-up of this repository is clean by ESLint', { timeout: 120_000 }, async () => {
  expect(await problems('eslint', projectRoot, '010-bullmq-uid-windows')).toBe('');
});
