import { expect, it } from 'vitest';
import { linesBetween } from './lines-around.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

async function* pieces(text: string, length: number): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  const all = bytes(text);
  for (let at = 0; at < all.length; at += length) yield all.subarray(at, at + length);
}

it.each([1, 3, 1000])('takes the lines around one, read in pieces of %d bytes', async (length) => {
  const text = 'one\r\ntwo\nthrée\nfour\nfive';
  expect(await linesBetween(pieces(text, length), 2, 4)).toEqual(['two', 'thrée', 'four']);
  expect(await linesBetween(pieces(text, length), 4, 9)).toEqual(['four', 'five']);
});
