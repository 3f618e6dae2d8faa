import type { PreparedContainer } from './container/container.ts';
import type { PreparedNative } from './native.ts';
import type { PreparedWine } from './wine/wine.ts';

/** What a platform has made ready for a cell: plain data, handed to the threads that run scenarios. */
export type Prepared = PreparedNative | PreparedContainer | PreparedWine;

/** A cell made ready by its platform, or why it cannot be run here. */
export type Readiness = { readonly prepared: Prepared } | { readonly whyNot: string };
