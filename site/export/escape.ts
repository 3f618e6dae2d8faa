import { encode } from 'html-entities';

/** Text as it stands in XML, in SVG and in their attributes. */
export function escapeMarkup(text: string): string {
  return encode(text, { level: 'xml' });
}
