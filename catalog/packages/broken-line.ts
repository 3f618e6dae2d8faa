import { parseTree, type ParseError } from 'jsonc-parser';
import { TomlError } from 'smol-toml';
import { YAMLParseError } from 'yaml';

/** A text that cannot be read from some place on. */
export class BrokenAt extends Error {
  override readonly name = 'BrokenAt';
  readonly offset: number;

  /** @param offset of the place, from the beginning of the text. */
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** The line, from 1, at which a text stops being what it should be, where that can be told. */
export function lineOfError(error: unknown, text: string): number | undefined {
  // What Git leaves of two versions is no lock file in any form.
  const conflict = /^<{7} /m.exec(text);
  if (conflict) return lineAt(text, conflict.index);
  if (error instanceof TomlError) return error.line;
  if (error instanceof YAMLParseError) return error.linePos?.[0].line;
  if (error instanceof BrokenAt) return lineAt(text, error.offset);
  if (!(error instanceof SyntaxError)) return undefined;
  const broken: ParseError[] = [];
  parseTree(text, broken);
  return broken[0] && lineAt(text, broken[0].offset);
}

/** The line of an offset, from 1. */
function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r?\n/).length;
}
