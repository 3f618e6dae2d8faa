import { expect, it } from 'vitest';
import { loadsFromElsewhere } from './elsewhere.ts';

it.each([
  '<script type="module" src="https://cdn.example/a.js"></script>',
  '<link rel="stylesheet" href="//cdn.example/a.css">',
  "<img alt='' src='http://cdn.example/a.png'>",
  '@import "https://cdn.example/a.css";',
  'src: url(https://cdn.example/a.woff2)',
])('sees what %s loads', (text) => {
  expect(loadsFromElsewhere(text)).toHaveLength(1);
});

it.each([
  '<a href="https://example.org/">a link</a>',
  '<script src="/_astro/a.js"></script>',
  'src: url(/_astro/a.woff2)',
])('lets pass %s', (text) => {
  expect(loadsFromElsewhere(text)).toEqual([]);
});
