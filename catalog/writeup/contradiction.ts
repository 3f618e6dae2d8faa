import type { Path } from './frontmatter.ts';

/** Parts of one write-up that do not agree, at a path of what is written. */
export interface Contradiction {
  readonly path: Path;
  readonly message: string;
}
