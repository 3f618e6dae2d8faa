import type { Change } from '../model/changes.ts';
import { escapeMarkup } from './escape.ts';

/** Who reads a feed wants what is new; the page of changes has the rest. */
const mostEntries = 60;

/**
 * The changes as an Atom feed (RFC 4287). The ids of entries do not depend on where the site stands.
 * @param site where it stands; without it links are those of this site's root.
 */
export function feed(changes: readonly Change[], site: string | undefined): string {
  const at = (page: string): string => escapeMarkup(site === undefined ? page : site + page);
  const entries = changes.slice(0, mostEntries);
  const updated = entries[0]?.date ?? '1970-01-01';
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    '<title>poolproof: what changed</title>',
    '<id>tag:poolproof,2026:changes</id>',
    `<link rel="self" href="${at('/feed.xml')}"/>`,
    `<link href="${at('/changes/')}"/>`,
    `<updated>${updated}T00:00:00Z</updated>`,
    '<author><name>poolproof</name></author>',
    ...entries.map(({ date, kind, bug, says }) =>
      [
        '<entry>',
        `<title>${escapeMarkup(`${bug.id}: ${says}`)}</title>`,
        `<id>tag:poolproof,2026:${bug.id}:${kind}:${date}</id>`,
        `<link href="${at(bug.page)}"/>`,
        `<updated>${date}T00:00:00Z</updated>`,
        `<summary>${escapeMarkup(bug.description)}</summary>`,
        '</entry>',
      ].join(''),
    ),
    '</feed>',
    '',
  ].join('\n');
}
