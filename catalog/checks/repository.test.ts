import { expect, test } from 'vitest';
import { formatProblem } from '../problem/problem.ts';
import { projectRoot } from '../project.ts';
import { checkProject } from './check-project.ts';

test('write-ups, scenarios and evidence of this repository agree', () => {
  expect(checkProject(projectRoot).map(formatProblem)).toEqual([]);
});
