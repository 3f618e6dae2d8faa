import type { Observation } from '../evidence/schema.ts';
import { positionsOf } from '../evidence/omission.ts';
import { compileMessage } from '../signature/message.ts';
import { contextLines } from '../signature/scanner.ts';
import { compileTemplate } from '../signature/template.ts';
import type { Signature } from '../writeup/schema.ts';

/** What of a signature tells its message from others'. */
export type Message = Pick<Signature, 'template' | 'near'> &
  Partial<Pick<Signature, 'where' | 'not' | 'unless' | 'check'>>;

/**
 * Whether a run shows a signature, in its log or in the error of a job. What must stand `near` may
 * stand anywhere in it: nobody else writes into this log. Where a `check` tells the message alone from
 * that of other programs, the message alone will do: here it is known whose it is.
 */
export function showsSignature(
  { log, jobs }: Pick<Observation, 'log' | 'jobs'>,
  message: Message,
): boolean {
  const texts = [log, ...jobs.map(({ error }) => error?.split(/\r?\n/) ?? [])];
  const isShown = (text: string) =>
    texts.some((lines) => lines.some(compileTemplate(text).matches));
  const { near, check } = message;
  return (
    texts.some((lines) => messagesIn(lines, message).own.length > 0) &&
    (near.length === 0 || check !== undefined || near.some(isShown))
  );
}

/** Where lines show a message, by their indices. */
interface Found {
  readonly own: number[];
  /** Those that are another failure's, with the nearest line that says so (`unless`). */
  readonly others: { readonly index: number; readonly because: number }[];
}

/**
 * Looks for a message in the lines of one text: with the values that decide (`where`), in no line that
 * is another failure's (`not`), and not close to what makes it one (`unless`). Lines that were left out
 * count for how far apart others stand.
 */
export function messagesIn(lines: readonly string[], message: Message): Found {
  const { template, where, not, unless = [] } = message;
  const indicesOf = (matches: (line: string) => boolean) =>
    lines.flatMap((line, index) => (matches(line) ? index : []));
  const messages = indicesOf(compileMessage({ template, where, not }).matches);
  if (unless.length === 0 || messages.length === 0) return { own: messages, others: [] };
  const positions = positionsOf(lines);
  const signs = new Set(unless.flatMap((text) => indicesOf(compileTemplate(text).matches)));
  const isSign = (index: number, from: number) =>
    signs.has(index) && Math.abs((positions[index] ?? 0) - (positions[from] ?? 0)) <= contextLines;
  const found: Found = { own: [], others: [] };
  for (const index of messages) {
    const distances = Array.from({ length: contextLines + 1 }, (_, distance) => distance);
    const because = distances
      .flatMap((distance) => [index - distance, index + distance])
      .find((other) => isSign(other, index));
    if (because === undefined) found.own.push(index);
    else found.others.push({ index, because });
  }
  return found;
}
