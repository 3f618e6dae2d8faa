import { conclude, type Match } from '../signature/conclude.ts';
import { indexSignatures } from '../signature/scanner.ts';
import { Tally } from '../signature/tally.ts';
import type { Writeup } from '../writeup/schema.ts';
import { messagesIn } from './message-lines.ts';

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
      const lines = text
        .split(/\r?\n/)
        .flatMap((line, index) =>
          messagesIn(line).map(({ text: message }) => ({ text: message, position: index + 1 })),
        );
      const scanned = [...lines.flatMap((line) => scanner.push(line)), ...scanner.flush()];
      for (const { line, hits } of scanned) tally.add(hits, line.position, line.text);
      return conclude(tally.sightings());
    },
  };
}
