import type { TestedBug } from '../model/bug.ts';
import { startOf } from '../model/result.ts';
import { day } from '../model/words.ts';
import { escapeMarkup } from './escape.ts';

/** About the width of a character of Verdana at 11 px. */
const characterWidth = 6.6;
const padding = 7;
const colours = { fails: '#98172f', works: '#0b5a39', open: '#46595e' };

/** An SVG in the form that badges of repositories have. It names no font that would have to be loaded. */
export function badge(bug: Pick<TestedBug, 'id' | 'status' | 'reproduced'>): string {
  const start = bug.reproduced && startOf(bug.reproduced);
  const gone = bug.status !== 'live';
  const says = start ? `${gone ? 'fixed, ' : ''}reproduced ${day(start)}` : 'not reproduced yet';
  const colour = start ? (gone ? colours.works : colours.fails) : colours.open;
  const [left, right] = [widthOf(bug.id), widthOf(says)];
  const label = escapeMarkup(`${bug.id}: ${says}`);
  const text = (x: number, words: string): string =>
    `<text x="${x.toFixed(1)}" y="14" text-anchor="middle">${escapeMarkup(words)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${label}">`,
    `<title>${label}</title>`,
    `<clipPath id="r"><rect width="${left + right}" height="20" rx="4"/></clipPath>`,
    `<g clip-path="url(#r)"><rect width="${left}" height="20" fill="#0c2026"/>`,
    `<rect x="${left}" width="${right}" height="20" fill="${colour}"/></g>`,
    `<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">`,
    text(left / 2, bug.id),
    text(left + right / 2, says),
    '</g></svg>',
  ].join('');
}

function widthOf(text: string): number {
  return Math.ceil(text.length * characterWidth + 2 * padding);
}
