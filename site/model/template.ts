/** A piece of a signature: text that must stand there, or the name of what varies. */
export type TemplatePart = { text: string } | { varies: string };

/** Splits `Missing lock for job {id}.` at what varies. */
export function templateParts(template: string): TemplatePart[] {
  return template
    .split(/(\{[^{}]+\})/)
    .filter((part) => part !== '')
    .map((part) =>
      part.startsWith('{') && part.endsWith('}') ? { varies: part.slice(1, -1) } : { text: part },
    );
}
