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

interface Scanner<Line> {
  /** Takes the next line; returns those that no later one can change any more. */
  readonly push: (line: Line) => ScannedLine<Line>[];
  /** Returns the lines still held back. */
  readonly flush: () => ScannedLine<Line>[];
}

interface CompiledSignature extends Hit {
  readonly template: Template;
}

/** Signatures compiled once, to be looked for in any number of texts. */
export interface SignatureIndex {
  readonly scanner: <Line extends PositionedLine>() => Scanner<Line>;
}

interface CompiledIndex {
  readonly signatures: readonly CompiledSignature[];
  readonly contexts: readonly Template[];
  /** Rules out most lines at once, however many signatures there are. */
  readonly mayMatter: (line: string) => boolean;
}

export function indexSignatures(writeups: readonly Writeup[]): SignatureIndex {
  const signatures = writeups.flatMap((writeup) =>
    writeup.signatures.map((signature) => ({
      writeup,
      signature,
      template: compileTemplate(signature.template),
    })),
  );
  const near = new Set(signatures.flatMap(({ signature }) => signature.near));
  const contexts = [...near].map(compileTemplate);
  const anchors = [...signatures.map(({ template }) => template), ...contexts];
  const anyAnchor = new RegExp(anchors.map(({ anchor }) => RegExp.escape(anchor)).join('|'));
  const index = { signatures, contexts, mayMatter: (line: string) => anyAnchor.test(line) };
  return { scanner: () => createScanner(index) };
}

/** Holds back as many lines as a context may follow, so memory stays bounded. */
function createScanner<Line extends PositionedLine>(index: CompiledIndex): Scanner<Line> {
  const held: { line: Line; candidates: CompiledSignature[] }[] = [];
  const lastSeen = new Map<string, number>();

  const releaseBefore = (position: number): ScannedLine<Line>[] => {
    const released: ScannedLine<Line>[] = [];
    for (let [oldest] = held; oldest && oldest.line.position < position; [oldest] = held) {
      held.shift();
      const { line, candidates } = oldest;
      const inContext = (near: string) =>
        (lastSeen.get(near) ?? -Infinity) >= line.position - contextLines;
      const hits = candidates.filter(
        ({ signature: { near } }) => near.length === 0 || near.some(inContext),
      );
      released.push({ line, hits });
    }
    return released;
  };

  const candidatesIn = ({ text, position }: Line) => {
    for (const context of index.contexts) {
      if (context.matches(text)) lastSeen.set(context.text, position);
    }
    return index.signatures.filter(({ template }) => template.matches(text));
  };

  return {
    push(line) {
      // Before this line is looked at: it is too far away to be a context of those.
      const released = releaseBefore(line.position - contextLines);
      held.push({ line, candidates: index.mayMatter(line.text) ? candidatesIn(line) : [] });
      return released;
    },
    flush: () => releaseBefore(Infinity),
  };
}
