import type { Writeup } from '../writeup/schema.ts';
import { indexSignatures } from './scanner.ts';
import { Tally, type Match } from './tally.ts';

/** Finds known bugs in texts that are at hand whole, such as the error and stack of a failed job. */
export interface Matcher {
  /** The bugs that the text shows, best first; empty where nothing is known. */
  readonly match: (text: string) => Match[];
}

/** Compiles the signatures of all write-ups once; keep the matcher. */
export function createMatcher(writeups: readonly Writeup[]): Matcher {
  const index = indexSignatures(writeups);
  return {
    match(text) {
      const scanner = index.scanner();
      const tally = new Tally();
      const lines = text.split(/\r?\n/).map((line, index) => ({ text: line, position: index + 1 }));
      const scanned = [...lines.flatMap((line) => scanner.push(line)), ...scanner.flush()];
      for (const { line, hits } of scanned) tally.add(hits, line.position);
      return tally.matches();
    },
  };
}
