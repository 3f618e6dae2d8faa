import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

/** One line of a message, taken out of what the logger and the container runtime put around it. */
export interface MessageLine {
  readonly text: string;
  /** The logger called it an error. */
  readonly error: boolean;
}

/** Loggers nest: a pino record inside Docker's. */
const deepest = 4;
const messageKeys = ['msg', 'message', 'event', 'log', 'MESSAGE'];
const levelSchema = z.looseObject({
  level: z.union([z.string(), z.number()]).optional(),
  levelname: z.string().optional(),
  severity: z.string().optional(),
});
const errorNames = new Set(['error', 'err', 'critical', 'crit', 'fatal', 'emerg', 'alert']);
/** From here on pino and bunyan mean an error. */
const errorNumber = 50;

/**
 * Takes the message out of a line: colours are dropped, and a JSON record (pino, bunyan, structlog,
 * Docker's json-file, journalctl -o json) becomes the lines of all its strings. What stands in front
 * of the text, such as `worker-1  | ` of Docker Compose or journalctl's host and unit, may stay: a
 * signature is found anywhere in a line.
 */
export function unwrap(line: string): MessageLine[] {
  const text = line.includes('\u001B') ? stripVTControlCharacters(line) : line;
  return unwrapText(text, 0) ?? [{ text, error: false }];
}

function unwrapText(text: string, depth: number): MessageLine[] | undefined {
  const start = depth < deepest ? text.indexOf('{"') : -1;
  const record = start === -1 ? undefined : parseRecord(text.slice(start));
  if (!record) return undefined;
  const error = isError(record);
  // What stands before the record may be a message that only ends in JSON.
  const whole = text.slice(0, start).trim() === '' ? [] : [{ text, error: false }];
  const inside = Object.entries(record).flatMap(([key, value]) =>
    strings(value, depth).flatMap((found) =>
      (unwrapText(found, depth + 1) ?? splitMessage(found)).map((line) => ({
        ...line,
        error: line.error || (error && messageKeys.includes(key)),
      })),
    ),
  );
  return [...whole, ...inside];
}

function parseRecord(json: string): Record<string, unknown> | undefined {
  if (!json.trimEnd().endsWith('}')) return undefined;
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function strings(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth >= deepest) return [];
  return Object.values(value).flatMap((inner) => strings(inner, depth + 1));
}

function splitMessage(text: string): MessageLine[] {
  const plain = stripVTControlCharacters(text).trimEnd();
  return plain.split(/\r?\n/).map((line) => ({ text: line, error: false }));
}

function isError(record: Record<string, unknown>): boolean {
  const { data } = levelSchema.safeParse(record);
  const level = data?.level ?? data?.levelname ?? data?.severity;
  return typeof level === 'number'
    ? level >= errorNumber
    : level !== undefined && errorNames.has(level.toLowerCase());
}
