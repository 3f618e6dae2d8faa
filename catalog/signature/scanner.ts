import type { Signature, Writeup } from '../writeup/schema.ts';
import { compileTemplate, type Template } from './template.ts';

/** How many lines before or after a message its context may stand. */
export const contextLines = 40;

/** A signature found in a line. */
export interface Hit {
  readonly writeup: Writeup;
  readonly signature: Signature;
}

/** What is scanned. Lines of one multi-line record share a position, so that it counts as one line. */
export interface PositionedLine {
  readonly text: string;
  /** Counts up by 1 from line to line. */
  readonly position: number;
}

/** A line about which everything is known: the lines after it that could matter have been seen. */
export interface ScannedLine<Line> {
  readonly line: Line;
  readonly hits: readonly Hit[];
}

export interface Scanner<Line> {
  /** Takes the next line; returns those that no later one can change any more. */
  readonly push: (line: Line) => ScannedLine<Line>[];
  /** Returns the lines still held back. */
  readonly flush: () => ScannedLine<Line>[];
}

interface CompiledSignature extends Hit {
  readonly template: Template;
  readonly near: readonly string[];
}

/** Signatures compiled once, to be looked for in any number of texts. */
export interface SignatureIndex {
  readonly scanner: <Line extends PositionedLine>() => Scanner<Line>;
}

export function indexSignatures(writeups: readonly Writeup[]): SignatureIndex {
  const signatures = writeups.flatMap((writeup) =>
    writeup.signatures.map((signature) => ({
      writeup,
      signature,
      template: compileTemplate(signature.template),
      near: signature.near,
    })),
  );
  const contexts = [...new Set(signatures.flatMap(({ near }) => near))].map(compileTemplate);
  return { scanner: () => createScanner(signatures, contexts) };
}

/** Holds back as many lines as a context may follow, so memory stays bounded. */
function createScanner<Line extends PositionedLine>(
  signatures: readonly CompiledSignature[],
  contexts: readonly Template[],
): Scanner<Line> {
  const held: { line: Line; candidates: CompiledSignature[] }[] = [];
  const lastSeen = new Map<string, number>();

  const releaseBefore = (position: number): ScannedLine<Line>[] => {
    const released: ScannedLine<Line>[] = [];
    for (let [oldest] = held; oldest && oldest.line.position < position; [oldest] = held) {
      held.shift();
      const { line, candidates } = oldest;
      const inContext = (near: string) =>
        (lastSeen.get(near) ?? -Infinity) >= line.position - contextLines;
      const hits = candidates.filter(({ near }) => near.length === 0 || near.some(inContext));
      released.push({ line, hits });
    }
    return released;
  };

  return {
    push(line) {
      // Before this line is looked at: it is too far away to be a context of those.
      const released = releaseBefore(line.position - contextLines);
      for (const { text, matches } of contexts) {
        if (matches(line.text)) lastSeen.set(text, line.position);
      }
      const candidates = signatures.filter(({ template }) => template.matches(line.text));
      held.push({ line, candidates });
      return released;
    },
    flush: () => releaseBefore(Infinity),
  };
}
