import { closeSync, mkdirSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import type { AuditEntry, AuditIntent, AuditLog } from '../access/access.ts';
import { readTrail } from './trail.ts';

/** Longer texts, such as an id that a client made up, are cut: no line may be long. */
const longest = 500;

/**
 * Opens a log of JSON lines that are only ever appended. A line is on the disk (fdatasync) before
 * the promise of it resolves; lines that come while the disk is busy are written together. The file
 * is opened anew for each write, so that it may be moved away (logrotate), and several processes may
 * write to it. A line that was cut short stays as it is, and the next one begins on a line of its own.
 * @throws BadInput when the file cannot be appended to.
 */
export function openAuditLog(file: string): AuditLog {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    closeSync(openSync(file, 'a', 0o600));
  } catch (error) {
    throw new BadInput(
      `expected a file for the audit log that can be appended to, got ${file}: ` +
        `${(error as Error).message}. Name another: --audit FILE`,
    );
  }
  const append = createAppender(file);
  return {
    intend: (intent) => append(lineOf({ ...intent, status: undefined })),
    audit: (entry) => append(lineOf(entry)),
    trail: (query) => readTrail(file, query),
  };
}

function lineOf(entry: AuditIntent & { status: AuditEntry['status'] | undefined }): string {
  const { at, id, person, peer, action, queue, subject, status } = entry;
  const line = { at, id, person, peer, action, queue, subject, status };
  const cut = (_key: string, value: unknown) =>
    typeof value === 'string' && value.length > longest ? `${value.slice(0, longest)}…` : value;
  return `${JSON.stringify(line, cut)}\n`;
}

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

function createAppender(file: string): (line: string) => Promise<void> {
  let waiting: Waiting[] = [];
  let writing = false;
  const writeAll = async () => {
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await appendDurably(file, batch.map(({ line }) => line).join(''));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    writing = false;
  };
  return (line) =>
    new Promise((resolve, reject) => {
      waiting.push({ line, resolve, reject });
      if (!writing) void writeAll();
    });
}

async function appendDurably(file: string, lines: string): Promise<void> {
  await using handle = await open(file, 'a+', 0o600);
  const { size } = await handle.stat();
  const last = Buffer.alloc(1);
  if (size > 0) await handle.read(last, 0, 1, size - 1);
  const bytes = Buffer.from(size > 0 && last.toString() !== '\n' ? `\n${lines}` : lines);
  // One call, so that lines of several processes do not mix.
  const { bytesWritten } = await handle.write(bytes);
  if (bytesWritten < bytes.length) throw new Error(`${file} took a part of the lines`);
  await handle.datasync();
}
