import { conclude, type Match, type VersionHint } from '../signature/conclude.ts';
import { indexSignatures } from '../signature/scanner.ts';
import { Tally } from '../signature/tally.ts';
import type { Writeup } from '../writeup/schema.ts';
import { messagesIn } from './message-lines.ts';

const mostRemembered = 5000;
const longestRemembered = 500;

/** Finds known bugs in texts that are at hand whole, such as the error and stack of a failed job. */
export interface Matcher {
  /**
   * The bugs that the text shows, best first; empty where nothing is known.
   * @param hint what versions say of a bug; without it they decide nothing.
   */
  readonly match: (text: string, hint?: (writeup: Writeup) => VersionHint) => Match[];
}

/** Compiles the signatures of all write-ups once; keep the matcher. */
export function createMatcher(writeups: readonly Writeup[]): Matcher {
  const index = indexSignatures(writeups);
  const messagesOf = rememberMessages();
  return {
    match(text, hint) {
      const scanner = index.scanner();
      const tally = new Tally();
      const lines = text
        .split(/\r?\n/)
        .flatMap((line, index) => messagesOf(line).map((text) => ({ text, position: index + 1 })));
      const scanned = [...lines.flatMap((line) => scanner.push(line)), ...scanner.flush()];
      for (const { line, hits } of scanned) tally.add(hits, line.position, line.text);
      return conclude(tally.sightings(), hint);
    },
  };
}

/** The messages of lines. Those of the frames of stacks come again with each try and each job. */
function rememberMessages(): (line: string) => string[] {
  const known = new Map<string, string[]>();
  return (line) => {
    const same = known.get(line);
    if (same) return same;
    const messages = messagesIn(line).map(({ text }) => text);
    if (line.length > longestRemembered) return messages;
    if (known.size >= mostRemembered) known.clear();
    known.set(line, messages);
    return messages;
  };
}
