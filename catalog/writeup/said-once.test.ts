import { expect, test } from 'vitest';
import { parseShort as parse, two } from './testing/short-writeup.ts';

test('a common control by outcome, but for the claim that it names and for those that name another', () => {
  const { claims, problems } = parse(`
run: { version: '6.7.0', pool: solo, platforms: unix }
controls: { works: plain }
claims:
  - { id: fault, says: It is short of words, expect: { fails: short } }
  - { id: cure, says: It has words enough, expect: works }
  - { id: plain, says: It has plain words, expect: works }
  - { id: other, says: It has other words, expect: works, control: fault }
`);
  expect(problems).toEqual([]);
  expect(claims.map(({ id, control }) => [id, control])).toEqual([
    ['fault', 'cure'],
    ['cure', 'plain'],
    ['plain', 'cure'],
    ['other', 'fault'],
  ]);
});

test('a common control that no claim is gets told where it is written', () => {
  const { problems } = parse(`controls: { works: faults }\n${two.trim()}`);
  expect(problems).toEqual([
    expect.stringMatching(/^bugs\/008-short\.mdx:12:20: controls\.works: .*"faults".*"fault"/),
  ]);
});

test.each([
  ["{ 'What it shows': https://example.org/1, 'And: more': https://example.org/2 }"],
  [
    "[{ title: What it shows, url: https://example.org/1 }, { title: 'And: more', url: https://example.org/2 }]",
  ],
])('sources: %s', (written) => {
  const { sources, problems } = parse(`${two.trim()}\nsources: ${written}`);
  expect(problems).toEqual([]);
  expect(sources).toEqual([
    { title: 'What it shows', url: 'https://example.org/1' },
    { title: 'And: more', url: 'https://example.org/2' },
  ]);
});

test('a source that is no URL is refused with its line', () => {
  const { problems } = parse(`${two.trim()}\nsources: { It: example.org }`);
  expect(problems).toEqual([expect.stringMatching(/^bugs\/008-short\.mdx:16:\d+: sources/)]);
});
