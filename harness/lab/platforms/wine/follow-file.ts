import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';

/** How soon what was written is noticed. */
const lookEveryMs = 50;

/**
 * Passes on the lines of a file that another program is writing.
 *
 * @param over resolves when nothing more will be written.
 * @returns when the last line has been passed on.
 */
export async function followFile(
  file: string,
  over: Promise<unknown>,
  onLine: (line: string) => void,
): Promise<void> {
  const lines = createInterface({ input: Readable.from(written(file, over)) });
  for await (const line of lines) onLine(line);
}

async function* written(file: string, over: Promise<unknown>): AsyncGenerator<Buffer> {
  await using handle = await open(file);
  const ended = over.then(() => true);
  for (let isOver = false; ;) {
    const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(65_536) });
    if (bytesRead > 0) yield buffer.subarray(0, bytesRead);
    else if (isOver) return;
    else isOver = await Promise.race([ended, elapsed(lookEveryMs)]);
  }
}

function elapsed(milliseconds: number): Promise<false> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, false));
}
