/** A piece of a signature: text that must stand there, or the name of what varies. */
export type TemplatePart = { text: string } | { varies: string };

/** Splits `Missing lock for job {id}.` at what varies. */
export function templateParts(template: string): TemplatePart[] {
  return template
    .split(/\{([a-z][\w-]*)\}/i)
    .map((part, index) => (index % 2 === 0 ? { text: part } : { varies: part }))
    .filter((part) => !('text' in part) || part.text !== '');
}
