import { Presets, SingleBar } from 'cli-progress';

/** Below this many bytes reading is over before a bar could be read. */
const worthShowing = 32 * 1024 * 1024;

/** Passes the chunks on and shows on standard error, where it is a terminal, how far they have come. */
export async function* withProgress(
  chunks: AsyncIterable<Uint8Array>,
  totalBytes: number,
): AsyncGenerator<Uint8Array> {
  if (!process.stderr.isTTY || totalBytes < worthShowing) {
    yield* chunks;
    return;
  }
  const bar = new SingleBar({ stream: process.stderr, clearOnComplete: true }, Presets.shades_grey);
  bar.start(totalBytes, 0);
  try {
    for await (const chunk of chunks) {
      bar.increment(chunk.length);
      yield chunk;
    }
  } finally {
    bar.stop();
  }
}
