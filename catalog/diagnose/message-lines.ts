import { unquote } from './escapes.ts';
import { htmlText } from './html.ts';
import { findRecord, isObject, type JsonRecord } from './json-record.ts';
import { plainText, withoutStrayColours } from './plain-text.ts';

/** One line of a message, taken out of what the logger and the container runtime put around it. */
export interface MessageLine {
  readonly text: string;
  /** The logger called it an error. */
  readonly error: boolean;
}

/** Loggers nest: a pino record inside Docker's. */
const deepest = 4;
/** A text that was quoted, and quoted again, and once more. */
const mostQuoting = 3;
const messageKeys = new Set(['msg', 'message', 'event', 'log', 'text', 'body', 'MESSAGE', '@m']);
/** Under these keys stands an error, whatever the level of the record. */
const errorKey =
  /^(?:err|error|exception|exc_info|exc_text|stack|stack_?trace|traceback|failed_?reason|error[._]?(?:message|stack|stack_trace))$/i;

/**
 * Takes the messages out of a line of a log. Colours are dropped; a JSON record (pino, bunyan, winston,
 * structlog, Docker's json-file, journalctl -o json) becomes the lines of all its strings; a text that
 * is quoted, escaped or copied out of HTML is given as it stands and as it was. What stands in front
 * of the text, such as `worker-1  | ` of Docker Compose, stays: a signature is found anywhere in a line.
 */
export function messagesIn(line: string): MessageLine[] {
  return messages(plainText(line), 0);
}

function messages(text: string, depth: number): MessageLine[] {
  const record = depth < deepest ? findRecord(text) : undefined;
  return record ? messagesOf(record, depth) : readings(text, depth);
}

function messagesOf({ before, fields, isError }: JsonRecord, depth: number): MessageLine[] {
  // What stands before the record may be a message that only ends in JSON.
  const whole =
    before.trim() === '' ? [] : [{ text: before + JSON.stringify(fields), error: false }];
  const inside = Object.entries(fields).flatMap(([key, value]) =>
    strings(value, errorKey.test(key), depth).flatMap(({ text, isError: isOne }) => {
      const flagged = isOne || (isError && messageKeys.has(key));
      return messages(plainText(text).trimEnd(), depth + 1).map((message, index) => ({
        ...message,
        // Of an error with its stack, the first line tells.
        error: message.error || (flagged && index === 0),
      }));
    }),
  );
  return [...whole, ...inside];
}

function strings(
  value: unknown,
  isError: boolean,
  depth: number,
): { text: string; isError: boolean }[] {
  if (typeof value === 'string') return [{ text: value, isError }];
  if (!isObject(value) || depth >= deepest) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    strings(inner, errorKey.test(key) || (isError && messageKeys.has(key)), depth + 1),
  );
}

/** A text as it stands, and as it was before somebody quoted, coloured or copied it. */
function readings(text: string, depth: number): MessageLine[] {
  const found = new Set(split(text));
  const add = (reading: string) => {
    for (const line of split(reading)) found.add(line);
  };
  const base = [text, htmlText(text), withoutStrayColours(text)].filter((one) => one !== undefined);
  base.slice(1).forEach(add);
  const records: MessageLine[] = [];
  for (const reading of base) {
    let quoted = unquote(reading);
    for (let count = 0; quoted !== undefined && count < mostQuoting; count += 1) {
      const plain = plainText(quoted);
      const record = depth < deepest ? findRecord(plain.replace(/["'`]\s*$/, '')) : undefined;
      add(plain);
      if (record) {
        records.push(...messagesOf(record, depth + 1));
        break;
      }
      quoted = unquote(plain);
    }
  }
  return [...Array.from(found, (line) => ({ text: line, error: false })), ...records];
}

function split(text: string): string[] {
  return text.includes('\n') ? text.split(/\r?\n/) : [text];
}
