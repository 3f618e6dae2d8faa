import type { Role } from './access/person.ts';
import type { Route } from './routes/route.ts';

/** An entry of the navigation that every page has. */
export interface NavigationEntry {
  readonly text: string;
  readonly path: string;
  /** Who is shown it. Default: viewer, which is everybody. */
  readonly role?: Role;
}

/**
 * One thing that the dashboard can do: a folder below dashboard/, and a row in `features.ts`.
 * Features never import each other.
 */
export interface Feature {
  readonly name: string;
  readonly navigation?: NavigationEntry;
  readonly routes: readonly Route[];
  /**
   * The folder dashboard/<name>/browser/ of programs and styles, served below /ops/static/<name>/browser/:
   * a program imports those of all pages as `../../pages/browser/dom.ts`.
   */
  readonly browser?: string;
  /** What goes on beside requests; disposed of when the dashboard stops. */
  readonly start?: () => AsyncDisposable;
}
