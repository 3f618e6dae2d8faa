import type { Cell } from '../../../catalog/evidence/schema.ts';

/** An engine at an exact version, ready to run on this machine. Plain data. */
export interface InstalledEngine {
  /** The program that runs actors: a Python or a Node. */
  readonly interpreter: string;
  /** What the interpreter needs in its environment to find the engine. */
  readonly env: Readonly<Record<string, string>>;
  /** A node_modules folder that actors resolve their imports from. */
  readonly modules?: string;
  /** The engine, the libraries it stands on, and the interpreter. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Gets the engine of a cell. Throws `NotRun` with what is missing. */
export type Installer = (
  cell: Cell,
  progress: (message: string) => void,
) => Promise<InstalledEngine>;
