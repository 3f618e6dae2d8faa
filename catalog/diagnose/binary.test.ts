import { expect, test } from 'vitest';
import { isBinary } from './binary.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const line = '[2026-01-05 10:00:00,000: INFO/MainProcess] Task tasks.add succeeded\n';

test.each<[string, Uint8Array]>([
  ['plain text', bytes(line)],
  ['a log truncated while it was written', bytes('\u0000'.repeat(5000) + line.repeat(3))],
  ['a log of which nothing but the truncated part is seen', new Uint8Array(8192)],
  ['a zero byte in the middle of a line', bytes(`${line}id=\u0000\u0000\u0000 \u001b[31m${line}`)],
  ['UTF-16', Uint8Array.from(line.split('').flatMap((one) => [one.charCodeAt(0), 0]))],
])('%s is text', (_, start) => {
  expect(isBinary(start)).toBe(false);
});

test.each<[string, Uint8Array]>([
  [
    'a program',
    Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 3, 0, 62, 0, 1, 0),
  ],
  [
    'a picture',
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0, 0, 7),
  ],
  ['bytes by chance', Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256)],
])('%s is none', (_, start) => {
  expect(isBinary(start)).toBe(true);
});
