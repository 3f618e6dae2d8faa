import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { refuse, type Problem } from '../problem/problem.ts';
import { folders, projectRoot } from '../project.ts';
import { formatPath } from '../writeup/schema-issue.ts';
import { cellName, evidenceSchema, type Cell, type Evidence } from './schema.ts';

/** Where the evidence of a claim in a cell is kept. */
export function evidenceFile(
  { slug, claim, cell }: { slug: string; claim: string; cell: Cell },
  root = projectRoot,
): string {
  return path.join(folders.evidence(root), slug, `${claim}.${cellName(cell)}.json`);
}

/**
 * Reads the recorded evidence, ordered by file name.
 *
 * @param slug of the bug; all bugs by default.
 * @param root the folder that holds harness/evidence/; this project by default.
 * @throws InvalidFiles with the problems of all files at once.
 */
export function readEvidence(slug = '*', root = projectRoot): Evidence[] {
  const folder = folders.evidence(root);
  if (!existsSync(folder)) return [];
  const read = globSync(`${slug}/*.json`, { cwd: folder })
    .sort()
    .map((name) => readOne(path.join(folder, name), root));
  refuse(read.flatMap(({ problems }) => problems));
  return read.flatMap(({ evidence }) => evidence ?? []);
}

interface ReadFile {
  readonly evidence?: Evidence;
  readonly problems: readonly Problem[];
}

function readOne(file: string, root: string): ReadFile {
  const shown = path.relative('', file);
  const again = 'Evidence is written by `npm run harness -- BUG --record` alone: record it again.';
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return {
      problems: [{ file: shown, message: `expected JSON, got: ${String(error)}. ${again}` }],
    };
  }
  const { data: evidence, error } = evidenceSchema.safeParse(content);
  if (error) {
    const problems = error.issues.map(({ path: at, message }) => ({
      file: shown,
      message: `${formatPath(at)}: ${message}. ${again}`,
    }));
    return { problems };
  }
  const wanted = evidenceFile(evidence, root);
  if (path.resolve(wanted) === path.resolve(file)) return { evidence, problems: [] };
  const message = `expected the file name ${path.relative('', wanted)} for what it holds. ${again}`;
  return { problems: [{ file: shown, message }] };
}
