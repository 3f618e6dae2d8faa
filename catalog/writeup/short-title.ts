/** About what a line of the side bar holds. */
const limit = 44;

/**
 * The part of a title by which readers know the failure in a narrow list: what stands behind the first
 * colon, mostly the message itself, up to a comma or at least a word that still fits.
 */
export function shortTitle(title: string): string {
  const [, behind] = /^[^:]*: (.+)$/.exec(title) ?? [];
  const text = behind ?? title;
  if (text.length <= limit) return text;
  const comma = [...text.matchAll(/, /g)].findLast(
    ({ index }) => index >= limit / 3 && index <= limit && isWhole(text.slice(0, index)),
  );
  if (comma) return text.slice(0, comma.index);
  return `${text.slice(0, text.lastIndexOf(' ', limit))}…`;
}

/** Whether every bracket that is opened is closed. */
function isWhole(text: string): boolean {
  return text.split(/[([]/).length === text.split(/[)\]]/).length;
}
