/** Writes docs/repros.md from what became of the repros: `npm run docs`. */
import { writeFile } from 'node:fs/promises';
import { formatRepros, reprosFile } from './documentation.ts';

await writeFile(reprosFile, await formatRepros());
