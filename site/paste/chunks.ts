import { isBinary } from '../../catalog/diagnose/binary.ts';
import type { PastedLog } from './messages.ts';

/** As `gzip` begins a file. */
const gzipMark = [0x1f, 0x8b] as const;
/** As much of the start of a file as tells whether it is text. */
const probeLength = 8_192;

/**
 * The bytes of a log, piece by piece, so that it never lies in memory as a whole. What gzip has packed
 * is unpacked.
 *
 * @param onRead is told how many bytes of the file were read by now.
 * @throws Error for a folder, and for what is no text.
 */
export async function* chunksOf(
  { name, content }: PastedLog,
  onRead: (bytes: number) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  const start = await startOf(name, content);
  const isPacked = gzipMark.every((byte, index) => start[index] === byte);
  if (!isPacked && isBinary(start)) {
    throw new Error(`expected a log, got ${name}, which is no text. Drop a text file, or its .gz.`);
  }
  let bytes = 0;
  const counted = content.stream().pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        bytes += chunk.length;
        onRead(bytes);
        controller.enqueue(chunk);
      },
    }),
  );
  const stream = isPacked ? counted.pipeThrough(new DecompressionStream('gzip')) : counted;
  const reader = stream.getReader();
  // Not every browser can iterate over a stream.
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

async function startOf(name: string, content: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await content.slice(0, probeLength).arrayBuffer());
  } catch {
    throw new Error(`expected a file that can be read, got ${name}. Of a folder, drop its files.`);
  }
}
