import path from 'node:path';
import type { Problem } from '../../catalog/problem/problem.ts';
import type { Selection } from './select.ts';

/** What is left of a selection when write-ups that cannot be used are taken out of it. */
interface Remainder {
  /** Undefined when nothing else was asked for. */
  readonly selection: Selection | undefined;
  /** The slugs of the write-ups that cannot be used. */
  readonly invalid: readonly string[];
}

/** Takes the bugs out of a selection whose write-ups have problems: those are told, and the rest runs. */
export function withoutInvalid(selection: Selection, problems: readonly Problem[]): Remainder {
  const invalid = [...new Set(problems.map(({ file }) => path.basename(file, '.mdx')))];
  const { bugs = [] } = selection;
  if (bugs.length === 0) return { selection, invalid };
  const left = bugs.filter((name) => !invalid.some((slug) => means(name, slug)));
  return { selection: left.length === 0 ? undefined : { ...selection, bugs: left }, invalid };
}

/** Whether `2`, `002`, `BUG-002` or a slug means the write-up of that slug. */
function means(name: string, slug: string): boolean {
  const wanted = name.trim().toLowerCase();
  const number = /^\d+/.exec(slug)?.[0];
  return wanted === slug || wanted.replace(/^bug-/, '').padStart(3, '0') === number;
}
