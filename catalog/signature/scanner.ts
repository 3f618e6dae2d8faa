import type { Signature, Writeup } from '../writeup/schema.ts';
import { Frames } from './frames.ts';
import { LiteralSearch } from './literal-search.ts';
import { compileMessage } from './message.ts';
import { compileTemplate, type Span, type Template } from './template.ts';

/** How many lines before or after a message its context may stand. */
export const contextLines = 40;

/** The shortest literal that can be looked for among all others; see LiteralSearch. */
const shortestAnchor = 3;

/**
 * How a message was seen: with what stands `near` it; alone, which is enough for it; or so that it may
 * be another failure's, of which the reader's `check` decides.
 */
export type Sight = 'in context' | 'alone' | 'doubtful';

/** A signature found in a line. */
export interface Hit {
  readonly writeup: Writeup;
  readonly signature: Signature;
  readonly sight: Sight;
  readonly span: Span;
  /** What was seen near it. */
  readonly context?: { readonly template: string; readonly position: number };
}

/** What is scanned. Lines of one multi-line record share a position, so that it counts as one line. */
export interface PositionedLine {
  readonly text: string;
  /** Counts up from line to line. Lines that do not matter may be left out. */
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
  /** Takes a line before the last one as context alone: it stood too far from what mattered by then. */
  readonly addContext: (line: PositionedLine) => void;
  /** Whether the last line shows a message, so that the lines around it matter. */
  readonly wantsContext: () => boolean;
  /** What the lines still held back show by now, without letting them go. */
  readonly held: () => ScannedLine<Line>[];
  /** Returns the lines still held back. */
  readonly flush: () => ScannedLine<Line>[];
}

interface CompiledSignature {
  readonly writeup: Writeup;
  readonly signature: Signature;
  readonly message: Template;
}

/** Signatures compiled once, to be looked for in any number of texts. */
export interface SignatureIndex {
  readonly scanner: <Line extends PositionedLine>() => Scanner<Line>;
}

interface CompiledIndex {
  /** The signatures and the contexts that a line may contain; the cost does not grow with their number. */
  readonly possible: (line: string) => { signatures: CompiledSignature[]; contexts: Template[] };
}

export function indexSignatures(writeups: readonly Writeup[]): SignatureIndex {
  const signatures = writeups.flatMap((writeup) =>
    writeup.signatures.map((signature) => ({
      writeup,
      signature,
      message: compileMessage(signature),
    })),
  );
  const around = signatures.flatMap(({ signature: { near, unless = [] } }) => [...near, ...unless]);
  const contexts = [...new Set(around)].map((text) => compileTemplate(text));
  const index = { possible: indexAnchors(signatures, contexts) };
  return { scanner: () => createScanner(index) };
}

function indexAnchors(
  signatures: readonly CompiledSignature[],
  contexts: readonly Template[],
): CompiledIndex['possible'] {
  const byAnchor = new Map<string, { signatures: CompiledSignature[]; contexts: Template[] }>();
  const at = ({ anchor }: Template) => {
    const entry = byAnchor.get(anchor) ?? { signatures: [], contexts: [] };
    byAnchor.set(anchor, entry);
    return entry;
  };
  for (const signature of signatures) at(signature.message).signatures.push(signature);
  for (const context of contexts) at(context).contexts.push(context);

  const isShort = ([anchor]: [string, unknown]) => anchor.length < shortestAnchor;
  const always = [...byAnchor].filter(isShort).map(([, entry]) => entry);
  const anchored = [...byAnchor].filter((entry) => !isShort(entry));
  const search = new LiteralSearch(anchored.map(([anchor]) => anchor));
  return (line) => {
    const found = search.in(line).flatMap((id) => anchored[id]?.[1] ?? []);
    const entries = [...always, ...found];
    return {
      signatures: entries.flatMap((entry) => entry.signatures),
      contexts: entries.flatMap((entry) => entry.contexts),
    };
  };
}

interface Candidate extends CompiledSignature {
  readonly span: Span;
}

/** Holds back as many lines as a context may follow, so memory stays bounded. */
function createScanner<Line extends PositionedLine>(index: CompiledIndex): Scanner<Line> {
  const held: { line: Line; candidates: Candidate[] }[] = [];
  const lastSeen = new Map<string, number>();
  const frames = new Frames();

  const judge = ({ line, candidates }: { line: Line; candidates: Candidate[] }) => {
    const seenAt = (template: string) => {
      const position = lastSeen.get(template) ?? -Infinity;
      return position >= line.position - contextLines ? { template, position } : undefined;
    };
    const hits = candidates.flatMap(({ writeup, signature, span }): Hit[] => {
      const { near, unless = [], check, perhaps } = signature;
      if (unless.some(seenAt)) return [];
      const hit = { writeup, signature, span };
      const context = near.map(seenAt).find((seen) => seen !== undefined);
      if (perhaps) return context || near.length === 0 ? [{ ...hit, sight: 'doubtful' }] : [];
      if (context) return [{ ...hit, sight: 'in context', context }];
      if (near.length === 0) return [{ ...hit, sight: check === undefined ? 'alone' : 'doubtful' }];
      // With its frames in sight, what should stand among them and does not is missing.
      if (check === undefined || frames.beside(line.position)) return [];
      return [{ ...hit, sight: 'doubtful' }];
    });
    return { line, hits };
  };

  const releaseBefore = (position: number): ScannedLine<Line>[] => {
    const count = held.findIndex(({ line }) => line.position >= position);
    return held.splice(0, count === -1 ? held.length : count).map(judge);
  };

  const noteContexts = ({ text, position }: PositionedLine, contexts: readonly Template[]) => {
    for (const context of contexts) {
      if (!context.matches(text)) continue;
      lastSeen.set(context.text, Math.max(lastSeen.get(context.text) ?? 0, position));
    }
  };

  const candidatesIn = (line: Line): Candidate[] => {
    const { text } = line;
    const { signatures, contexts } = index.possible(text);
    noteContexts(line, contexts);
    return signatures.flatMap((signature) => {
      const span = signature.message.find(text);
      return span ? [{ ...signature, span }] : [];
    });
  };

  return {
    push(line) {
      // Before this line is looked at: it is too far away to be a context of those.
      const released = releaseBefore(line.position - contextLines);
      frames.add(line);
      held.push({ line, candidates: candidatesIn(line) });
      return released;
    },
    addContext(line) {
      frames.add(line);
      noteContexts(line, index.possible(line.text).contexts);
    },
    wantsContext: () => (held.at(-1)?.candidates.length ?? 0) > 0,
    held: () => held.map(judge),
    flush: () => releaseBefore(Infinity),
  };
}
