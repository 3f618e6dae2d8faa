import { open, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { Refusal } from '../../worker/api/problem.ts';
import type { AuditPage, AuditQuery, AuditRow } from '../access/audit-page.ts';

/** How much of the log is looked at for one page, in bytes: an answer stays quick however long the log is. */
const mostLooked = 8 * 1024 * 1024;
const chunkSize = 64 * 1024;
/** How much of a damaged line is shown. */
const shownOfDamaged = 200;

const lineSchema = z.object({
  at: z.iso.datetime(),
  id: z.string().optional(),
  person: z.string(),
  peer: z.string().optional(),
  action: z.string(),
  queue: z.string().optional(),
  subject: z.string().optional(),
  status: z.int().optional(),
});
type Line = z.infer<typeof lineSchema>;

/** Where a page ended, and which writes were answered after it that were asked for before it. */
const placeSchema = z.tuple([z.int().nonnegative()], z.string().max(40));

/**
 * Reads a log backwards from its end, or from where the page before ended, until the page is full.
 * A line that is no entry is shown as damaged, whatever is asked for.
 * @throws Refusal (400) for a `before` that no page named.
 */
export async function readTrail(file: string, query: AuditQuery): Promise<AuditPage> {
  await using handle = await openIfThere(file);
  if (handle === undefined) return { rows: [], looked: 0, next: null };
  const { size } = await handle.stat();
  const [place = size, ...ids] = readPlace(query.before);
  const start = Math.min(place, size);
  const answered = new Set(ids);
  const rows: AuditRow[] = [];
  let at = start;
  for await (const line of linesBackwards(handle, start)) {
    at = line.start;
    const row = rowOf(line.text, answered, query);
    if (row !== undefined) rows.push(row);
    if (rows.length === query.limit || start - at >= mostLooked) break;
  }
  const next = at === 0 ? null : writePlace([at, ...[...answered].slice(-100)]);
  return { rows, looked: start - at, next };
}

async function openIfThere(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The lines that end before a place, the last one first, with the place where each begins. */
async function* linesBackwards(
  handle: FileHandle,
  end: number,
): AsyncGenerator<{ text: string; start: number }> {
  let pieces = Buffer.alloc(0);
  let at = end;
  while (at > 0) {
    const length = Math.min(chunkSize, at);
    const chunk = Buffer.alloc(length);
    await handle.read(chunk, 0, length, at - length);
    at -= length;
    pieces = Buffer.concat([chunk, pieces]);
    for (;;) {
      // What ends a line belongs to it: the last byte of what is left is looked past.
      const newline = pieces.lastIndexOf(0x0a, pieces.length - 2);
      if (newline === -1 || pieces.length < 2) break;
      yield { text: pieces.toString('utf8', newline + 1), start: at + newline + 1 };
      pieces = pieces.subarray(0, newline + 1);
    }
    // No entry is this long: what is, is damaged, and shown in parts.
    if (pieces.length > mostLooked || at === 0) {
      yield { text: pieces.toString('utf8'), start: at };
      pieces = Buffer.alloc(0);
    }
  }
}

function rowOf(text: string, answered: Set<string>, query: AuditQuery): AuditRow | undefined {
  if (text.trim() === '') return undefined;
  const line = parse(text);
  if (line === undefined) return { kind: 'damaged', text: text.trim().slice(0, shownOfDamaged) };
  const { id, ...entry } = line;
  if (id !== undefined) {
    if (entry.status !== undefined) answered.add(id);
    // What came of it was shown already, with everything that was asked.
    else if (answered.delete(id)) return undefined;
  }
  return matches(entry, query) ? { kind: 'write', ...entry } : undefined;
}

function parse(text: string): Line | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function matches(entry: Omit<Line, 'id'>, query: AuditQuery): boolean {
  const at = new Date(entry.at);
  return (
    (query.person === undefined || entry.person === query.person) &&
    (query.queue === undefined || entry.queue === query.queue) &&
    (query.action === undefined ||
      entry.action.toLowerCase().includes(query.action.toLowerCase())) &&
    (query.from === undefined || at >= query.from) &&
    (query.to === undefined || at <= query.to)
  );
}

function writePlace(place: readonly [number, ...string[]]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function readPlace(text: string | undefined): [number, ...string[]] | [] {
  if (text === undefined) return [];
  try {
    return placeSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw new Refusal(400, 'expected the `before` that a page of the log named as its next');
  }
}
