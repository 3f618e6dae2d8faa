import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { uploadLimits } from '../settings.ts';
import { Refusal } from './problem.ts';
import { readUpload } from './upload.ts';

/** A file that has arrived whole, until disposal. */
interface SpooledFile extends AsyncDisposable {
  readonly path: string;
}

/** Receives uploads on disk, so that a slow one holds nothing but a file. */
export interface Spool extends AsyncDisposable {
  /**
   * Receives the file of a request.
   * @throws Refusal with 413 for a file that is or says it is too large, 408 for one that comes too
   * slowly or takes too long, 503 when too many are coming at once, and for a body that is none.
   */
  readonly receive: (request: IncomingMessage) => Promise<SpooledFile>;
}

export type UploadLimits = typeof uploadLimits;

const prefix = 'poolproof-uploads-';

/** Opens a spool in a folder of its own, and removes those of processes that were killed. */
export async function openSpool(limits: UploadLimits = uploadLimits): Promise<Spool> {
  await removeAbandoned(limits.deadlineMs);
  const dir = await mkdtemp(path.join(os.tmpdir(), prefix));
  let coming = 0;
  return {
    receive: async (request) => {
      refuseTooLarge(request, limits);
      if (coming >= limits.atOnce) {
        throw new Refusal(503, `${limits.atOnce} files are being received. Try again later.`);
      }
      coming++;
      const file = path.join(dir, randomUUID());
      try {
        await write(readUpload(request, limits.largestFile), file, limits);
      } finally {
        coming--;
      }
      return {
        path: file,
        [Symbol.asyncDispose]: () => rm(file, { force: true, maxRetries: 5 }),
      };
    },
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Refuses a body that says it is too large before a byte of it is read. */
function refuseTooLarge({ headers }: IncomingMessage, { largestFile }: UploadLimits): void {
  // What a form says of its file comes on top of the file.
  const formSize = headers['content-type']?.startsWith('multipart/') ? 64 * 1024 : 0;
  if (Number(headers['content-length'] ?? 0) <= largestFile + formSize) return;
  throw new Refusal(413, `expected a file of at most ${largestFile} bytes, got a larger one`);
}

/** Writes a file as it arrives. What is too slow is left behind: its connection is of no more use. */
async function write(
  content: AsyncIterable<Buffer>,
  file: string,
  limits: UploadLimits,
): Promise<void> {
  let bytes = 0;
  const started = performance.now();
  const slow = Promise.withResolvers<never>();
  const watch = setInterval(() => {
    const ms = performance.now() - started;
    const isSlow = ms > limits.graceMs && (bytes / ms) * 1000 < limits.bytesPerSecond;
    if (isSlow || ms > limits.deadlineMs) slow.reject(new Refusal(408, describeSlowness(limits)));
  }, limits.lookEveryMs);
  const arrived = pipeline(
    content,
    async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        bytes += chunk.length;
        yield chunk;
      }
    },
    createWriteStream(file),
  );
  try {
    await Promise.race([arrived, slow.promise]);
  } catch (error) {
    arrived
      .catch(() => undefined)
      .then(() => rm(file, { force: true, maxRetries: 5 }))
      .catch(() => undefined);
    throw error;
  } finally {
    clearInterval(watch);
  }
}

function describeSlowness({ bytesPerSecond, graceMs, deadlineMs }: UploadLimits): string {
  return (
    `expected at least ${bytesPerSecond} bytes a second after the first ${graceMs / 1000} s, ` +
    `and the whole file within ${deadlineMs / 1000} s`
  );
}

/** What is older than any upload may become was left by a process that was killed. */
async function removeAbandoned(deadlineMs: number): Promise<void> {
  const oldest = Date.now() - 2 * deadlineMs;
  for (const name of await readdir(os.tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const dir = path.join(os.tmpdir(), name);
    const changed = await stat(dir).then(
      ({ mtimeMs }) => mtimeMs,
      () => Infinity,
    );
    // Another user's may not be removed, nor need they be.
    if (changed < oldest)
      await rm(dir, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  }
}
