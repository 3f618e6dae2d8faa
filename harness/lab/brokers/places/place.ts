import type { Exit } from '../../platforms/platform.ts';

/** A server that was started in a place. */
export interface ServerProcess {
  /** Resolves when it has ended. Never rejects. */
  readonly ended: Promise<Exit>;
  /** Ends it at once. */
  kill(): Promise<void>;
  /** Stops it in its tracks, as SIGSTOP does. Throws `NotRun` where there is no such thing. */
  freeze(): Promise<void>;
  /** Lets it go on. */
  thaw(): Promise<void>;
}

interface ServerStart {
  readonly name: string;
  /** Left out: the one that the place was made for. */
  readonly program?: string;
  readonly arguments: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Where the servers of one broker run, side by side. Disposing of it ends them. */
export interface Place extends AsyncDisposable {
  readonly how: 'container' | 'native' | 'fetched';
  /** As programs of this machine reach its servers. */
  readonly host: string;
  /** As containers reach them; undefined where they cannot. */
  readonly hostInside: string | undefined;
  /** The address that a server listens at. */
  readonly bind: string;
  /** Kept for its servers; the same inside as outside. */
  readonly ports: readonly number[];
  /** Makes an empty folder, in place of the one there was. */
  makeFolder(name: string): Promise<string>;
  writeFile(folder: string, name: string, text: string): Promise<string>;
  /** Makes a folder inside another that a server cannot replace by a file. */
  makeObstacle(folder: string, name: string): Promise<void>;
  removeObstacle(folder: string, name: string): Promise<void>;
  start(server: ServerStart, onLine: (line: string) => void): Promise<ServerProcess>;
  /** Takes the place off the network, so that connections are refused, and puts it back. */
  off(): Promise<void>;
  on(): Promise<void>;
}
