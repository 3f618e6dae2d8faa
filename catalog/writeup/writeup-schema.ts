import { expand } from './expand.ts';
import { shortWriteupSchema } from './schema.ts';

/** Reads a frontmatter and writes its claims out, for those who have it without its file: the site, and tests. */
export const writeupSchema = shortWriteupSchema.transform((short, context) => {
  const { frontmatter, contradictions } = expand(short);
  for (const { path, message } of contradictions) {
    context.addIssue({ code: 'custom', path: [...path], message });
  }
  return frontmatter;
});
