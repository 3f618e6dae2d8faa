/** Writes the page of the files that can be imported: `npm run docs`. */
import { writeFile } from 'node:fs/promises';
import { formatImportFilesPage, importFilesPage } from './documentation.ts';

await writeFile(importFilesPage, await formatImportFilesPage());
