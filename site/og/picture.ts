import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import satori from 'satori';
import sharp from 'sharp';
import type { Engine } from '../../catalog/writeup/schema.ts';
import { engineNames } from '../model/words.ts';

/** To be counted up when pictures look otherwise, so that none of the former ones is taken. */
export const drawing = 1;

/** What a picture shows. */
export interface Picture {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly engine: Engine;
  readonly status: string;
}

/** As most places show it: https://ogp.me has no size, 1.91 to 1 is what they crop to. */
const size = { width: 1200, height: 630 };
const face = '@fontsource/bricolage-grotesque/files/bricolage-grotesque-latin-600-normal.woff';
const font = await readFile(fileURLToPath(import.meta.resolve(face)));

type Style = Readonly<Record<string, string | number>>;

/** Draws the picture, as a PNG of 1200 x 630. */
export async function drawPicture(bug: Picture): Promise<Buffer> {
  const { id, title, description, engine, status } = bug;
  const ground = {
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'space-between',
  };
  const tree = box(
    { ...ground, ...size, background: '#0b171c', padding: '64px 72px', fontFamily: 'Bricolage' },
    box(
      { display: 'flex', flexDirection: 'column' },
      box({ fontSize: 34, color: '#7fdde0' }, `${id} · ${engineNames[engine]} · ${status}`),
      box({ marginTop: 22, fontSize: 66, lineHeight: 1.12, color: '#f4fafa' }, title),
      box({ marginTop: 26, fontSize: 32, lineHeight: 1.35, color: '#bccdd0' }, description),
    ),
    box({ fontSize: 34, color: '#93a8ac' }, 'poolproof: every testable sentence tested'),
  );
  // Satori takes elements as React makes them, and React is not needed to make them.
  const svg = await satori(tree, {
    ...size,
    fonts: [{ name: 'Bricolage', data: font, weight: 600, style: 'normal' }],
  });
  return sharp(Buffer.from(svg)).png({ palette: true }).toBuffer();
}

function box(style: Style, ...children: readonly unknown[]): object {
  return {
    type: 'div',
    props: { style, children: children.length === 1 ? children[0] : children },
  };
}
