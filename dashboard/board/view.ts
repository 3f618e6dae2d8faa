import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The folder of our own view, which takes the place of Bull Board's. */
export const viewFolder = path.join(import.meta.dirname, 'view');

/** The folder of what our view brings to the browser. */
export const boardFolder = path.join(import.meta.dirname, 'browser');

/** What Bull Board's own page loads from this address, in its order. */
export interface BoardAssets {
  readonly styles: readonly string[];
  readonly programs: readonly string[];
}

/**
 * Reads which files the installed Bull Board consists of: their names change with each version. Its
 * link to typefaces of another host is no file of ours, and left out.
 * @throws Error when its page is no longer built as we know it.
 */
export function readBoardAssets(): BoardAssets {
  const require = createRequire(import.meta.url);
  const folder = path.join(path.dirname(require.resolve('@bull-board/ui/package.json')), 'dist');
  const page = readFileSync(path.join(folder, 'index.ejs'), 'utf8');
  const all = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, file = '']) => file);
  const styles = all(/<link href="(static\/[^"]+\.css)"/g);
  const programs = all(/<script defer src="(static\/[^"]+\.js)"/g);
  if (styles.length === 0 || programs.length === 0) {
    throw new Error(`expected styles and programs in the page of @bull-board/ui, got ${page}`);
  }
  return { styles, programs };
}
