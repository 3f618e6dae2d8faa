import type { Signature } from '../writeup/schema.ts';
import { compileTemplate, type Template } from './template.ts';

/**
 * Compiles what a signature says of one line: its template, the values of its holes that decide
 * (`where`), and the texts that make the line another failure's (`not`).
 */
export function compileMessage({
  template: text,
  where,
  not = [],
}: Pick<Signature, 'template' | 'where' | 'not'>): Template {
  const template = compileTemplate(text, where);
  if (not.length === 0) return template;
  const others = not.map((other) => compileTemplate(other));
  const find = (line: string) => {
    const span = template.find(line);
    return span && others.some(({ matches }) => matches(line)) ? undefined : span;
  };
  return { ...template, find, matches: (line) => find(line) !== undefined };
}
