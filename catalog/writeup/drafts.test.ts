import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { cellsOf } from '../evidence/cells.ts';
import { formatProblem } from '../problem/problem.ts';
import { cutFrontmatter } from './frontmatter.ts';
import { parseWriteup } from './parse.ts';

const folder = path.join(import.meta.dirname, '..', 'fixtures', 'drafts');

/**
 * Frontmatters of four bugs that are hard to write up: two print nothing, one needs a cluster, one has
 * five versions. In the long form they had 75, 121, 92 and 107 lines.
 */
test.each([
  ['011-bullmq-deaf-after-outage.mdx', 'silent', 3, 24],
  ['012-celery-visibility-timeout.mdx', 'silent', 6, 24],
  ['013-bullmq-cpu-bound-stalled.mdx', 'prints', 4, 24],
  ['014-bullmq-cluster-crossslot.mdx', 'prints', 5, 20],
])('%s is sound, %s, with %i claims in %i cells', (name, kind, claims, cells) => {
  const text = readFileSync(path.join(folder, name), 'utf8');
  const { writeup, problems } = parseWriteup(text, name);
  expect(problems.map(formatProblem)).toEqual([]);
  expect(writeup?.signatures.length === 0 ? 'silent' : 'prints').toBe(kind);
  expect(writeup?.claims).toHaveLength(claims);
  expect(writeup?.claims.flatMap((claim) => cellsOf(claim))).toHaveLength(cells);
  expect(cutFrontmatter(text)?.split(/\r?\n/).length).toBeLessThan(65);
});

test('there are no others', () => {
  expect(globSync('*.mdx', { cwd: folder })).toHaveLength(4);
});
