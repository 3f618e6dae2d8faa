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

/** What Windows a machine under Wine claims to be. */
export type Windows = 'windows-7' | 'windows-10';

/** An engine for Windows at an exact version. Plain data; paths are those of this machine. */
export interface WindowsEngine {
  /** The Windows that its interpreter gets on with. */
  readonly windows: Windows;
  /**
   * Where it prints. CPython needs pipes, else it dies at start-up with WinError 6; Node needs a file,
   * else it dies with EBADF. Both are artefacts of Wine.
   */
  readonly prints: 'into pipes' | 'into a file';
  readonly interpreter: string;
  readonly env: Readonly<Record<string, string>>;
  /** A virtual environment to lay out and to start the interpreter through: its base and its libraries. */
  readonly venv?: { readonly python: string; readonly sitePackages: string };
  /** A node_modules folder that actors resolve their imports from. */
  readonly modules?: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** An image in which an engine is installed. */
export interface EngineImage {
  readonly image: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** Gets the engine of a cell, from the cache when it is there. Throws `NotRun` with what is missing. */
export type Installer<Installed> = (
  cell: Cell,
  progress: (message: string) => void,
) => Promise<Installed>;

/** How an engine is had, wherever it runs. How it is driven is told by its programs (engine-programs.ts). */
export interface Engine {
  /** On this machine. */
  readonly install: Installer<InstalledEngine>;
  /** The Windows that its interpreter gets on with, under Wine. */
  readonly windows: Windows;
  readonly installForWindows: Installer<WindowsEngine>;
  /** For Linux containers. */
  readonly image: Installer<EngineImage>;
}
