import path from 'node:path';
import { folders } from '../project.ts';
import type { Check } from './project.ts';

/** Every bug has a scenario of the same name, and every scenario a bug. */
export const bugAndScenario: Check = ({ root, writeups, scenarios }) => {
  const slugs = new Set(writeups.map(({ slug }) => slug));
  const withScenario = new Set(scenarios.flatMap(({ slug, calls }) => (calls ? [slug] : [])));
  return [
    ...writeups
      .filter(({ slug }) => !withScenario.has(slug))
      .map(({ slug, file }) => {
        const wanted = path.relative('', path.join(folders.scenarios(root), slug, 'scenario.ts'));
        return { file, message: `expected a scenario, got none. Write ${wanted}.` };
      }),
    ...scenarios
      .filter(({ slug }) => !slugs.has(slug))
      .map(({ slug, file }) => ({
        file,
        message: `expected the write-up bugs/${slug}.mdx, got none. Write it, or give the folder the name of its bug.`,
      })),
  ];
};
