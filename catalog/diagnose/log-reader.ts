import { conclude } from '../signature/conclude.ts';
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
import { describe, hintOf, statusesOf, type Diagnosis, type HistoryLookup } from './diagnosis.ts';
import { LineSieve, type RawLine } from './line-sieve.ts';
import { messagesIn, type MessageLine } from './message-lines.ts';
import { PartialLines } from './partial-lines.ts';
import { tellingLiterals, type TellingLiterals } from './telling-literals.ts';
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
  const literals = tellingLiterals(writeups);
  return () => new Reader(index, literals, lookUp, installed);
}

class Reader implements LogReader {
  readonly #lookUp: HistoryLookup;
  readonly #installed: readonly SeenVersion[];
  readonly #literals: TellingLiterals | undefined;
  readonly #scanner;
  readonly #decoder = new Decoder();
  readonly #encoder = new TextEncoder();
  readonly #partial = new PartialLines();
  readonly #tally = new Tally();
  readonly #unmatched = new UnmatchedErrors();
  readonly #versions = new Versions();
  readonly #sieve: LineSieve;
  #lookedFor = '';

  constructor(
    index: SignatureIndex,
    literals: TellingLiterals | undefined,
    lookUp: HistoryLookup,
    installed: readonly Omit<SeenVersion, 'line'>[],
  ) {
    this.#scanner = index.scanner<LogLine>();
    this.#literals = literals;
    this.#lookUp = lookUp;
    this.#installed = installed.map((version) => ({ ...version, line: 0 }));
    this.#sieve = new LineSieve({
      read: (line) => this.#read(line),
      readContext: ({ text, position }) => {
        for (const message of messagesIn(text)) this.#scanner.addContext({ ...message, position });
      },
    });
    this.#aim();
  }

  write(chunk: string | Uint8Array): void {
    const bytes = typeof chunk === 'string' ? this.#encoder.encode(chunk) : chunk;
    this.#sieve.push(this.#decoder.push(bytes));
    this.#aim();
  }

  soFar(settled: boolean): Diagnosis {
    const tally = new Tally(this.#tally);
    for (const { line, hits } of this.#scanner.held()) {
      tally.add(settled ? hits.filter(isSettled) : hits, line.number, line.text);
    }
    return this.#conclude(tally);
  }

  end(): Diagnosis {
    this.#sieve.push(this.#decoder.end());
    this.#sieve.end();
    for (const line of this.#partial.end()) this.#scan(line);
    this.#note(this.#scanner.flush());
    return this.#conclude(this.#tally);
  }

  /** Looks only for what can still tell something new. */
  #aim(): void {
    const kinds = [
      'messages' as const,
      ...(this.#unmatched.isFull ? [] : ['errors' as const]),
      ...(this.#versions.isFull ? [] : ['versions' as const]),
    ];
    if (kinds.join() === this.#lookedFor) return;
    this.#lookedFor = kinds.join();
    const literals = this.#literals;
    this.#sieve.lookFor(literals && kinds.flatMap((kind) => literals[kind]));
  }

  #read(line: RawLine): boolean {
    const whole = this.#partial.push(line);
    // The rest of a line that was cut matters, whatever it contains.
    return whole ? this.#scan(whole) : true;
  }

  #scan({ text, number, position }: RawLine): boolean {
    this.#versions.add(text, number);
    let isTelling = false;
    for (const message of messagesIn(text)) {
      this.#note(this.#scanner.push({ ...message, number, position }));
      isTelling ||= this.#scanner.wantsContext();
    }
    return isTelling;
  }

  /** Notes lines of which everything is known. All messages of one line come together. */
  #note(scanned: readonly ScannedLine<LogLine>[]): void {
    if (scanned.length === 0) return;
    for (const messages of Map.groupBy(scanned, ({ line }) => line.position).values()) {
      for (const { line, hits } of messages) this.#tally.add(hits, line.number, line.text);
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
    const matches = conclude(tally.sightings(), (writeup) => hintOf(statuses(writeup))).map(
      (match) => describe(match, statuses(match.writeup)),
    );
    const unmatchedErrors = this.#unmatched.list(matches.length > 0);
    return { matches, unmatchedErrors, linesRead: this.#sieve.lines, versions };
  }
}

function isSettled({ sight, signature: { near, unless = [] } }: Hit): boolean {
  return unless.length === 0 && (sight === 'in context' || near.length === 0);
}
