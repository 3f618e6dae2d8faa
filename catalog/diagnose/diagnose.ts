import { pagePath } from '../page.ts';
import { indexSignatures, type PositionedLine, type ScannedLine } from '../signature/scanner.ts';
import { Tally, type Match } from '../signature/tally.ts';
import type { Writeup } from '../writeup/schema.ts';
import { decode } from './decode.ts';
import { looksLikeError } from './error-line.ts';
import { splitLines } from './lines.ts';
import { UnmatchedErrors, type ErrorLine } from './unmatched-errors.ts';
import { unwrap, type MessageLine } from './unwrap.ts';

/** A known bug that the log shows, as `diagnose --json` prints it. */
interface DiagnosedBug {
  readonly bug: string;
  readonly slug: string;
  readonly title: string;
  /** From 0 to 1: see `score` in catalog/signature/score.ts. */
  readonly score: number;
  /** The message it was recognised by, as a template. */
  readonly signature: string;
  /** The line of the log it was first seen in, from 1. */
  readonly line: number;
  readonly fix: string;
  /** The address of its page on the docs site. */
  readonly page: string;
}

/** What a log shows. */
export interface Diagnosis {
  /** Best first; empty where nothing is known. */
  readonly matches: readonly DiagnosedBug[];
  /** Errors that no write-up explains: different ones, the first of each kind. */
  readonly unmatchedErrors: readonly ErrorLine[];
  readonly linesRead: number;
}

interface LogLine extends MessageLine, PositionedLine {
  readonly number: number;
}

/**
 * Names the known bugs that a log shows. A stream is read in bounded memory, however long it or a
 * line of it is.
 *
 * @param log the text, or its bytes as they come from a file or a pipe.
 */
export async function diagnose(
  log: string | AsyncIterable<Uint8Array>,
  writeups: readonly Writeup[],
): Promise<Diagnosis> {
  const scanner = indexSignatures(writeups).scanner<LogLine>();
  const tally = new Tally();
  const unmatched = new UnmatchedErrors();
  let linesRead = 0;
  let position = 0;

  const note = ({ line, hits }: ScannedLine<LogLine>) => {
    tally.add(hits, line.number);
    if (hits.length === 0 && (line.error || looksLikeError(line.text))) {
      unmatched.add({ line: line.number, text: line.text });
    }
  };
  for await (const batch of splitLines(toText(log))) {
    for (const { text, number } of batch) {
      linesRead = number;
      position += 1;
      for (const message of unwrap(text)) {
        scanner.push({ ...message, number, position }).forEach(note);
      }
    }
  }
  scanner.flush().forEach(note);
  return { matches: tally.matches().map(describe), unmatchedErrors: unmatched.list(), linesRead };
}

async function* toText(log: string | AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  if (typeof log === 'string') yield log;
  else yield* decode(log);
}

function describe({ writeup, score, signature, line }: Match): DiagnosedBug {
  return {
    bug: writeup.id,
    slug: writeup.slug,
    title: writeup.title,
    score,
    signature: signature.template,
    line,
    fix: writeup.fix.summary,
    page: pagePath(writeup.slug),
  };
}
