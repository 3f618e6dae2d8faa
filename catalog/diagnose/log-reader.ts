import { conclude, type VersionHint } from '../signature/conclude.ts';
import {
  indexSignatures,
  type Hit,
  type PositionedLine,
  type ScannedLine,
  type SignatureIndex,
} from '../signature/scanner.ts';
import { Tally } from '../signature/tally.ts';
import type { Writeup } from '../writeup/schema.ts';
import { Decoder } from './decode.ts';
import { describe, statusesOf, type Diagnosis, type HistoryLookup } from './diagnosis.ts';
import { LineSplitter, type RawLine } from './lines.ts';
import { messagesIn, type MessageLine } from './message-lines.ts';
import { PartialLines } from './partial-lines.ts';
import { UnmatchedErrors } from './unmatched-errors.ts';
import { Versions, type SeenVersion } from './versions.ts';

interface LogLine extends MessageLine, PositionedLine {
  readonly number: number;
}

/** Reads one log, as it comes. */
export interface LogReader {
  /** Takes more of the log: text, or bytes as they come from a file or a pipe. */
  readonly write: (chunk: string | Uint8Array) => void;
  /**
   * What the log shows by now. Lines to come may change what is told of the last lines.
   *
   * @param settled leaves out what a later line may take back, such as a message whose context is
   *   still to come.
   */
  readonly soFar: (settled: boolean) => Diagnosis;
  /** What the log shows, now that it is over. */
  readonly end: () => Diagnosis;
}

/**
 * Compiles the signatures of all write-ups once; the reader of each log is made from it. Everything in
 * it runs in a browser, too. A log is read in bounded memory, however long it or a line of it is.
 *
 * @param lookUp which versions show a bug; without it versions decide nothing.
 * @param installed versions that are known beside those that the log names.
 */
export function createLogReaders(
  writeups: readonly Writeup[],
  lookUp: HistoryLookup = () => undefined,
  installed: readonly Omit<SeenVersion, 'line'>[] = [],
): () => LogReader {
  const index = indexSignatures(writeups);
  return () => new Reader(index, lookUp, installed);
}

class Reader implements LogReader {
  readonly #lookUp: HistoryLookup;
  readonly #installed: readonly SeenVersion[];
  readonly #scanner;
  readonly #decoder = new Decoder();
  readonly #splitter = new LineSplitter();
  readonly #partial = new PartialLines();
  readonly #tally = new Tally();
  readonly #unmatched = new UnmatchedErrors();
  readonly #versions = new Versions();
  #linesRead = 0;
  #position = 0;

  constructor(
    index: SignatureIndex,
    lookUp: HistoryLookup,
    installed: readonly Omit<SeenVersion, 'line'>[],
  ) {
    this.#installed = installed.map((version) => ({ ...version, line: 0 }));
    this.#scanner = index.scanner<LogLine>();
    this.#lookUp = lookUp;
  }

  write(chunk: string | Uint8Array): void {
    const text = typeof chunk === 'string' ? chunk : this.#decoder.push(chunk);
    this.#read(this.#splitter.push(text));
  }

  soFar(settled: boolean): Diagnosis {
    const tally = new Tally(this.#tally);
    for (const { line, hits } of this.#scanner.held()) {
      tally.add(settled ? hits.filter(isSettled) : hits, line.number, line.text);
    }
    return this.#conclude(tally);
  }

  end(): Diagnosis {
    this.#read(this.#splitter.push(this.#decoder.end()));
    this.#read(this.#splitter.end());
    this.#partial.end().forEach((line) => {
      this.#take(line);
    });
    this.#note(this.#scanner.flush());
    return this.#conclude(this.#tally);
  }

  #read(lines: readonly RawLine[]): void {
    for (const line of lines) {
      this.#linesRead = line.number;
      for (const whole of this.#partial.push(line)) this.#take(whole);
    }
  }

  #take({ text, number }: RawLine): void {
    this.#position += 1;
    this.#versions.add(text, number);
    for (const message of messagesIn(text)) {
      this.#note(this.#scanner.push({ ...message, number, position: this.#position }));
    }
  }

  /** Notes lines of which everything is known. All messages of one line come together. */
  #note(scanned: readonly ScannedLine<LogLine>[]): void {
    const byPosition = Map.groupBy(scanned, ({ line }) => line.position);
    for (const messages of byPosition.values()) {
      for (const { line, hits } of messages) {
        this.#tally.add(hits, line.number, line.text);
      }
      const number = messages[0]?.line.number ?? 0;
      if (messages.some(({ hits }) => hits.length > 0)) this.#unmatched.skip();
      else
        this.#unmatched.add(
          number,
          messages.map(({ line }) => line),
        );
    }
  }

  #conclude(tally: Tally): Diagnosis {
    const versions = this.#versions.list();
    const known = [...versions, ...this.#installed];
    const statuses = (writeup: Writeup) => statusesOf(writeup, known, this.#lookUp);
    const hint = (writeup: Writeup): VersionHint => {
      const found = statuses(writeup).map(({ status }) => status);
      if (found.includes('fails')) return 'fails';
      // Of a version that did not run, nothing is known.
      return found.length > 0 && found.every((status) => status === 'works') ? 'works' : 'unknown';
    };
    const matches = conclude(tally.sightings(), hint).map((match) =>
      describe(match, statuses(match.writeup)),
    );
    const unmatchedErrors = this.#unmatched.list(matches.length > 0);
    return { matches, unmatchedErrors, linesRead: this.#linesRead, versions };
  }
}

function isSettled({ sight, signature: { near, unless = [] } }: Hit): boolean {
  return unless.length === 0 && (sight === 'in context' || near.length === 0);
}
