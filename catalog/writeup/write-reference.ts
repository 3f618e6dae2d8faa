/** Writes docs/frontmatter.md from the schema: `npm run docs`. */
import { writeFile } from 'node:fs/promises';
import { formatReference, referenceFile } from './reference-file.ts';

await writeFile(referenceFile, await formatReference());
