import { once } from 'node:events';
import type { Stats } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { isBinary } from '../../catalog/diagnose/binary.ts';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import { withProgress } from '../progress.ts';

/** A log that can be read once. */
export interface Log {
  /** As it was given, or below the folder that was; `-` is standard input. */
  readonly name: string;
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** Logs that can be read, and why others cannot. */
export interface FoundLogs {
  readonly logs: readonly Log[];
  readonly problems: readonly BadInput[];
}

const standardInput = '-';
const probeLength = 8_192;
const chunkLength = 1 << 18;
/** What is no log, however it is named. */
const skippedFolders = new Set(['node_modules', '.git', '__pycache__']);

/** The logs of files, of folders with all that is in them, and of standard input. */
export async function findLogs(names: readonly string[]): Promise<FoundLogs> {
  const found = await Promise.all(names.map(findOne));
  return {
    logs: found.flatMap(({ logs }) => logs),
    problems: found.flatMap(({ problems }) => problems),
  };
}

async function findOne(name: string): Promise<FoundLogs> {
  if (name === standardInput) return { logs: [readStandardInput()], problems: [] };
  try {
    const stats = await stat(name);
    if (stats.isDirectory()) return { logs: await logsBelow(name), problems: [] };
    const log = await readable(name, stats);
    if (!log) throw new Error('it is no text');
    return { logs: [log], problems: [] };
  } catch (error) {
    if (error instanceof BadInput) return { logs: [], problems: [error] };
    return { logs: [], problems: [unreadable(name, error)] };
  }
}

/** What to say of a log that cannot be read, or not to its end. */
function unreadable(name: string, error: unknown): BadInput {
  const reason = error instanceof Error ? error.message : String(error);
  return new BadInput(
    `expected a log that can be read, got ${name}: ${reason}. Check the path, or use - for standard input.`,
  );
}

function readStandardInput(): Log {
  if (process.stdin.isTTY) {
    throw new BadInput(
      'expected a log, got none. Type poolproof diagnose FILE, or pipe one in: docker compose logs worker | poolproof diagnose -',
    );
  }
  return { name: standardInput, open: () => process.stdin };
}

async function logsBelow(folder: string): Promise<Log[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !path
          .relative(folder, file)
          .split(path.sep)
          .some((part) => skippedFolders.has(part)),
    )
    .sort();
  const logs = await Promise.all(files.map(async (file) => readable(file, await stat(file))));
  const texts = logs.filter((log) => log !== undefined);
  if (texts.length > 0) return texts;
  throw new BadInput(
    `expected logs in ${folder}, got no file that holds text. Give a file, or another folder.`,
  );
}

/** @returns nothing for a file that is no text. */
async function readable(file: string, { size }: Stats): Promise<Log | undefined> {
  const start = await readStart(file);
  const isGzip = start[0] === 0x1f && start[1] === 0x8b;
  if (!isGzip && isBinary(start)) return undefined;
  const read = () => withProgress(readChunks(file), size);
  return { name: file, open: () => told(file, isGzip ? unzip(read()) : read()) };
}

/** Reads a file into one and the same buffer: a chunk is used before the next is asked for. */
async function* readChunks(file: string): AsyncGenerator<Uint8Array> {
  await using handle = await open(file);
  const buffer = new Uint8Array(chunkLength);
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, chunkLength);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

/** @throws BadInput in place of the errors of reading. */
async function* told(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    throw unreadable(name, error);
  }
}

async function* unzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  const fill = async () => {
    for await (const chunk of chunks) {
      if (!gunzip.write(chunk.slice())) await once(gunzip, 'drain');
    }
    gunzip.end();
  };
  const filling = fill().catch((error: unknown) => {
    gunzip.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  yield* gunzip as AsyncIterable<Uint8Array>;
  await filling;
}

async function readStart(file: string): Promise<Uint8Array> {
  await using handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(probeLength), 0, probeLength, 0);
  return buffer.subarray(0, bytesRead);
}
