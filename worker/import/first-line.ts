/** The header is looked for in this many bytes. */
const longestHeader = 64 * 1024;

/** Reads ahead to the end of the first line, and gives back the whole content all the same. */
export async function withFirstLine(content: AsyncIterable<Uint8Array>): Promise<{
  readonly firstLine: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}> {
  const source = content[Symbol.asyncIterator]();
  const read: Uint8Array[] = [];
  let text = '';
  const decoder = new TextDecoder();
  while (!/[\r\n]/.test(text) && text.length < longestHeader) {
    const next = await source.next();
    if (next.done) break;
    read.push(next.value);
    text += decoder.decode(next.value, { stream: true });
  }
  async function* chunks() {
    yield* read;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  }
  return { firstLine: text.split(/[\r\n]/, 1)[0] ?? '', chunks: chunks() };
}
