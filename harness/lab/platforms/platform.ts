import type { Cell } from '../../../catalog/evidence/schema.ts';

/** How an actor ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A program to start: an actor, an engine's worker, a client. */
export interface Program {
  readonly name: string;
  /** Files that must lie in the work folder beside the actors; `arguments` name them without a folder. */
  readonly files?: readonly string[];
  /** The arguments of the engine's interpreter. */
  readonly arguments: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What stands before the interpreter on its command line, and what evidence shows instead. Native programs alone have it. */
  readonly wrapper?: { readonly command: readonly string[]; readonly shown: readonly string[] };
}

/** A program that was started. */
export interface StartedProgram {
  readonly pid: number | undefined;
  /** Resolves when it has ended and all it printed has been passed on. Never rejects. */
  readonly ended: Promise<Exit>;
  /** Asks it to end. Where the platform has no way to ask, ends it with everything it started. */
  terminate(): Promise<void>;
  /** Ends it with everything it started. */
  kill(): Promise<void>;
  /** Writes a line to its standard input. Throws `NotRun` where it has none. */
  tell(line: string): Promise<void>;
  /** Sends it alone a signal. Throws `NotRun` where the platform has none. */
  signal(name: NodeJS.Signals): Promise<void>;
  /** Suspends it with everything it started, or lets all of it go on. Throws `NotRun` where that cannot be done. */
  freeze(frozen: boolean): Promise<void>;
}

/** A place where the programs of one run are started, side by side. */
export interface Host extends AsyncDisposable {
  /** Whether its programs reach what listens on this machine's loopback interface. */
  readonly sharesNetwork: boolean;
  /** Whether its programs are processes of this machine and nothing else. Left out: they are not. */
  readonly isNative?: true;
  /** The command line as evidence shows it. */
  describe(program: Program): string;
  start(program: Program, onLine: (line: string) => void): Promise<StartedProgram>;
  /** Puts an empty file of this name into the work folder, where every program sees it, also one started later. */
  flag(name: string): Promise<void>;
  /** Why what its programs did cannot be believed, since it gave way under them; or undefined. */
  lost(): Promise<string | undefined>;
}

/** How the cells of one kind are run. What it makes ready is plain data, for the threads that run scenarios. */
export interface Platform<Prepared> {
  /** Why this machine cannot run the cell whatever is installed, or undefined. */
  whyNot(cell: Cell): string | undefined;
  /** Gets the engine. Slow the first time. Throws `NotRun` with what is missing. */
  prepare(cell: Cell, progress: (message: string) => void): Promise<Prepared>;
}
