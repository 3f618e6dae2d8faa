import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { refuse, type Problem } from '../problem/problem.ts';
import { folders } from '../project.ts';
import { formatPath } from '../writeup/schema-issue.ts';

/** A kind of files below harness/evidence/. */
export interface RecordedKind<Content> {
  /** Which files they are, from there. */
  readonly glob: string;
  readonly schema: z.ZodType<Content>;
  /** Where a file of such content is kept. */
  readonly fileOf: (content: Content, root: string) => string;
  /** How a file that is wrong comes about anew. */
  readonly again: string;
}

/**
 * Reads recorded files, ordered by file name.
 *
 * @param root the folder that holds harness/evidence/.
 * @throws InvalidFiles with the problems of all files at once.
 */
export function readRecorded<Content>(kind: RecordedKind<Content>, root: string): Content[] {
  const folder = folders.evidence(root);
  if (!existsSync(folder)) return [];
  const read = globSync(kind.glob, { cwd: folder })
    .sort()
    .map((name) => readOne(path.join(folder, name), kind, root));
  refuse(read.flatMap(({ problems }) => problems));
  return read.flatMap(({ contents }) => contents);
}

interface ReadFile<Content> {
  readonly contents: readonly Content[];
  readonly problems: readonly Problem[];
}

function readOne<Content>(
  file: string,
  { schema, fileOf, again }: RecordedKind<Content>,
  root: string,
): ReadFile<Content> {
  const refused = (...messages: string[]): ReadFile<Content> => ({
    contents: [],
    problems: messages.map((message) => ({
      file: path.relative('', file),
      message: `${message}. ${again}`,
    })),
  });
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return refused(`expected JSON, got: ${String(error)}`);
  }
  const { data, error } = schema.safeParse(content);
  if (error) {
    return refused(...error.issues.map(({ path: at, message }) => `${formatPath(at)}: ${message}`));
  }
  const wanted = fileOf(data, root);
  if (path.resolve(wanted) === path.resolve(file)) return { contents: [data], problems: [] };
  return refused(`expected the file name ${path.relative('', wanted)} for what it holds`);
}
