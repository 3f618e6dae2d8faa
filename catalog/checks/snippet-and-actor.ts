import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { mdxToMdast, type MdastNode } from 'satteri';
import { folders } from '../project.ts';
import type { Problem } from '../problem/problem.ts';
import type { Check } from './project.ts';

/** A code block that bears a file's name is an actor that the harness runs, to the letter. */
export const snippetAndActor: Check = ({ root, writeups }) =>
  writeups.flatMap(({ slug, file }) => {
    const actors = path.join(folders.scenarios(root), slug, 'actors');
    return titledSnippets(mdxToMdast(readFileSync(file, 'utf8'))).flatMap((snippet) =>
      compare(snippet, actors, file),
    );
  });

interface Snippet {
  readonly title: string;
  readonly code: string;
  readonly line: number | undefined;
}

function titledSnippets(node: MdastNode): Snippet[] {
  if (node.type === 'code') {
    const title = /\btitle="([^"]+)"/.exec(node.meta ?? '')?.[1];
    return title === undefined
      ? []
      : [{ title, code: node.value, line: node.position?.start.line }];
  }
  return 'children' in node ? node.children.flatMap(titledSnippets) : [];
}

function compare({ title, code, line }: Snippet, actors: string, file: string): Problem[] {
  const actor = path.join(actors, title);
  const shown = path.relative('', actor);
  const place = { file, ...(line !== undefined && { line }) };
  if (!existsSync(actor)) {
    const message = `expected an actor for the snippet "${title}", got none. Write ${shown}, or drop the title.`;
    return [{ ...place, message }];
  }
  if (withoutLastLineEnd(readFileSync(actor, 'utf8')) === code) return [];
  const message = `expected the snippet "${title}" to be what the harness runs, got another text. Copy ${shown} to it.`;
  return [{ ...place, message }];
}

function withoutLastLineEnd(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/\n$/, '');
}
