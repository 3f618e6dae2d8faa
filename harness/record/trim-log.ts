import { linesOf, omission } from '../../catalog/evidence/omission.ts';
import { contextLines } from '../../catalog/signature/scanner.ts';
import { compileTemplate } from '../../catalog/signature/template.ts';
import { messagesIn, type Message } from '../../catalog/verdict/signature.ts';

/** How much of a log is kept, in lines. */
interface Lengths {
  readonly head: number;
  readonly tail: number;
  /** On either side of each line that tells, so that a message is read in its traceback. */
  readonly around: number;
}

const ownLog: Lengths = { head: 60, tail: 40, around: 12 };
/** A control's log is read in full in the evidence of the control itself. */
export const controlLog: Lengths = { head: 8, tail: 8, around: 2 };

/**
 * Shortens a log to its beginning, its end and the first places that show a signature or its context.
 * Lines left out are counted where they stood. What {@link Message}s a log shows stays the same: it is
 * judged again from what is kept.
 */
export function trimLog(
  log: readonly string[],
  signatures: readonly Message[],
  { head, tail, around }: Lengths = ownLog,
): string[] {
  const telling = signatures.flatMap((signature) => tellingLines(log, signature));
  const isSeen = (index: number) =>
    index < head ||
    index >= log.length - tail ||
    telling.some((first) => Math.abs(index - first) <= around);
  // Else a message of another failure would pass for this one's, once what says so is left out.
  const disowning = new Set(
    signatures.flatMap((signature) =>
      messagesIn(log, signature).others.flatMap(({ index, because }) =>
        isSeen(index) ? because : [],
      ),
    ),
  );
  const isKept = (index: number) => isSeen(index) || disowning.has(index);

  const kept: string[] = [];
  let left = 0;
  for (const [index, line] of log.entries()) {
    if (!isKept(index)) {
      left += linesOf(line);
      continue;
    }
    if (left > 0) kept.push(omission(left));
    left = 0;
    kept.push(line.trimEnd());
  }
  return kept;
}

/** The first line of a message, the first of each context, and the first pair of them that is close. */
function tellingLines(log: readonly string[], message: Message): number[] {
  const linesWith = (text: string) => {
    const { matches } = compileTemplate(text);
    return log.flatMap((line, index) => (matches(line) ? index : []));
  };
  const messages = messagesIn(log, message).own;
  const contexts = message.near.map(linesWith);
  const all = contexts.flat();
  const isClose = (one: number) => (other: number) => Math.abs(one - other) <= contextLines;
  const framed = messages.find((message) => all.some(isClose(message)));
  const frame = framed === undefined ? undefined : all.find(isClose(framed));
  return [
    ...messages.slice(0, 1),
    ...contexts.flatMap((lines) => lines.slice(0, 1)),
    framed,
    frame,
  ].filter((index) => index !== undefined);
}
