import { decode } from 'html-entities';

/** Only these are tags: `<billiard.pool.Worker object at 0x7f>` stands in logs as it is. */
const names =
  'a|article|b|blockquote|body|br|button|code|dd|del|details|div|dl|dt|em|font|h[1-6]|head|html|i|img|ins|kbd|li|mark|ol|p|pre|s|samp|script|section|small|span|strong|sub|summary|sup|svg|table|tbody|td|th|thead|tr|tt|u|ul|clipboard-copy';
const tag = new RegExp(`</?(?:${names})(?:\\s[^<>]*)?/?>`, 'gi');
const lineEnd = /<(?:br\s*\/?|\/(?:p|div|li|tr|pre|h[1-6]|blockquote|summary))>/gi;
const entity = /&(?:[a-z]{2,8}|#\d{1,7}|#x[\da-f]{1,6});/i;

/**
 * Takes the text out of HTML: what somebody copies from the source of an issue page.
 *
 * @returns nothing where there is no tag and no entity; the text may have line ends.
 */
export function htmlText(text: string): string | undefined {
  if (!text.includes('<') && !text.includes('&')) return undefined;
  const lines = text.replace(lineEnd, '\n').replace(tag, '');
  const plain = entity.test(lines) ? decode(lines) : lines;
  return plain === text ? undefined : plain;
}
