import { cellName, type Cell } from '../../../catalog/evidence/schema.ts';
import type { PreparedContainer } from './container/container.ts';
import type { PreparedNative } from './native.ts';
import type { PreparedWine } from './wine/wine.ts';

/** What a platform has made ready for a cell: plain data, handed to the threads that run scenarios. */
export type Prepared = PreparedNative | PreparedContainer | PreparedWine;

/** A cell made ready by its platform, or why it cannot be run here. */
export type Readiness = { readonly prepared: Prepared } | { readonly whyNot: string };

/**
 * What a cell is made ready under. Its name alone does not tell what it needs of a broker: the same
 * version runs where none is needed, and not where there is none.
 */
export function readinessName(cell: Cell): string {
  return `${cellName(cell)} with ${cell.broker ?? 'redis'}`;
}
