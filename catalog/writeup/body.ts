import { mdxToMdast, type MdastNode } from 'satteri';
import type { Problem } from '../problem/problem.ts';
import { pageHeadings, requiredHeadings } from './headings.ts';

/** Checks the text below the frontmatter: it must parse as MDX and have the headings readers look for. */
export function checkBody(text: string, file: string): Problem[] {
  let titles: string[];
  try {
    titles = secondLevelHeadings(text);
  } catch (error) {
    return [parseProblem(error, file)];
  }
  const own = titles.filter((title) => pageTitles.has(slugOf(title)));
  if (own.length > 0) {
    return own.map((title) => ({
      file,
      message: `expected headings that the page does not have by itself, got "## ${title}", which it would show twice. Call it otherwise, such as "## Where it happens".`,
    }));
  }
  const missing = requiredHeadings.filter((heading) => !titles.includes(heading));
  if (missing.length > 0) {
    const wanted = missing.map((heading) => `"## ${heading}"`).join(', ');
    const got = titles.map((title) => `"## ${title}"`).join(', ') || 'no heading';
    return [{ file, message: `expected the heading ${wanted}, got ${got}. Add what is missing.` }];
  }
  const found = titles.filter((title) => (requiredHeadings as readonly string[]).includes(title));
  return found.join() === requiredHeadings.join()
    ? []
    : [
        {
          file,
          message: `expected the headings ${requiredHeadings.join(', ')} once each in this order, got ${found.join(', ')}. Move or join the sections.`,
        },
      ];
}

/** Of two headings with the same words, or the same address, a link reaches one. */
const pageTitles = new Set([
  ...Object.keys(pageHeadings),
  ...Object.values(pageHeadings).map((title) => slugOf(title)),
]);

function slugOf(title: string): string {
  return title.trim().toLowerCase().replaceAll(/\s+/g, '-');
}

function secondLevelHeadings(text: string): string[] {
  const root = mdxToMdast(text);
  return 'children' in root ? root.children.filter(isSecondLevel).map(plainText) : [];
}

function isSecondLevel(node: MdastNode): boolean {
  return node.type === 'heading' && node.depth === 2;
}

function plainText(node: MdastNode): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(plainText).join('') : '';
}

/** The parser puts the place in front of its message: `7:5: Expected a closing tag …`. */
function parseProblem(error: unknown, file: string): Problem {
  const text = error instanceof Error ? error.message : String(error);
  const [, line, column, message] = /^(\d+):(\d+): (.*)$/s.exec(text) ?? [];
  return {
    file,
    ...(line && column ? { line: Number(line), column: Number(column) } : {}),
    message: `the text is not valid MDX: ${message ?? text}`,
  };
}
