import path from 'node:path';
import { formatProblem, type Problem } from '../problem/problem.ts';
import { checkBody } from './body.ts';
import { crossCheck } from './checks/cross-check.ts';
import { expand } from './expand.ts';
import { cutFrontmatter, parseFrontmatter, type ParsedFrontmatter } from './frontmatter.ts';
import { describeIssue, describeUnknownKey, formatPath, meantIssues } from './schema-issue.ts';
import { shortWriteupSchema, type Frontmatter, type Writeup } from './schema.ts';

/** What became of one write-up's text; `writeup` is there when its frontmatter is valid. */
export interface ParsedWriteup {
  readonly writeup?: Writeup;
  readonly problems: readonly Problem[];
}

const fileName = /^(\d{3}|[1-9]\d{3,})-[a-z0-9]+(?:-[a-z0-9]+)*\.mdx$/;

/**
 * Parses the text of bugs/NNN-slug.mdx, and writes its claims out. What must agree within a write-up
 * is looked at once its frontmatter fits the schema. Problems are told of what is written.
 *
 * @param file its name, from which the slug and the id follow.
 */
export function parseWriteup(text: string, file: string): ParsedWriteup {
  const textProblems = checkBody(text, file);
  const yaml = cutFrontmatter(text);
  if (yaml === undefined) {
    const message =
      'expected frontmatter between two lines of ---, got none. Start from bugs/TEMPLATE.mdx.';
    return { problems: [{ file, line: 1, column: 1, message }] };
  }
  const frontmatter = parseFrontmatter(yaml);
  if (frontmatter.errors.length > 0) {
    // A broken block breaks the text below it too; what is wrong there is told once this is right.
    return { problems: frontmatter.errors.map((error) => ({ file, ...error })) };
  }
  const checked = shortWriteupSchema.safeParse(frontmatter.data);
  if (!checked.success) {
    return {
      problems: [...schemaProblems(checked.error.issues, frontmatter, file), ...textProblems],
    };
  }
  const expanded = expand(checked.data);
  // What is wrong with a default is wrong for every claim, and told once.
  const problems = unique([
    ...(expanded.contradictions.length > 0
      ? expanded.contradictions
      : crossCheck(expanded.frontmatter, checked.data)
    ).map(({ path, message }) => ({
      file,
      ...frontmatter.locate(path),
      message: `${formatPath(path)}: ${message}`,
    })),
    ...nameProblems(expanded.frontmatter, frontmatter, file),
    ...textProblems,
  ]);
  // Claims without what every claim must have are of no use to anybody.
  if (expanded.contradictions.length > 0) return { problems };
  return {
    writeup: { ...expanded.frontmatter, slug: path.basename(file, '.mdx'), file },
    problems,
  };
}

function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [formatProblem(problem), problem])).values()];
}

function schemaProblems(
  issues: Parameters<typeof describeIssue>[0][],
  { data, locate, locateKey }: ParsedFrontmatter,
  file: string,
): Problem[] {
  return issues.flatMap(meantIssues).flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          file,
          ...locateKey(issue.path, key),
          message: describeUnknownKey(issue.path, key),
        }))
      : [{ file, ...locate(issue.path), message: describeIssue(issue, data) }],
  );
}

function nameProblems({ id }: Frontmatter, { locate }: ParsedFrontmatter, file: string): Problem[] {
  const name = path.basename(file);
  const number = fileName.exec(name)?.[1];
  if (number === undefined) {
    const message = `expected a file name such as ${id.replace('BUG-', '')}-celery-prefork-windows.mdx, got ${name}. Rename it.`;
    return [{ file, message }];
  }
  if (id === `BUG-${number}`) return [];
  const message = `id: expected "BUG-${number}" as the file name says, got "${id}". Change one of them.`;
  return [{ file, ...locate(['id']), message }];
}
