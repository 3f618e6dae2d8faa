import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { ownModule } from '../own-module.ts';

/** What the keeper is asked for. */
export interface KeeperRequest {
  readonly dataDir?: string;
}

/** What the keeper answers, once. */
export type KeeperAnswer =
  { readonly url: string; readonly dir: string } | { readonly error: string };

/** A PostgreSQL server of our own, stopped when it is disposed of. */
export interface EmbeddedPostgres extends AsyncDisposable {
  /** A postgres:// URL with the password in it; reachable from this machine alone. */
  readonly url: string;
  /** Resolved with what to tell when the server is gone for good, although nobody disposed of it. */
  readonly lost: Promise<string>;
  /** Where the data lie: the folder asked for, unless the server's user could not get there. */
  readonly dir: string;
}

/**
 * Starts a PostgreSQL server from npm on a free port of 127.0.0.1, with a random password.
 *
 * With `dataDir` the data stay there for the next start. Without it they are kept in a temporary
 * folder, unsafely fast, and are gone afterwards. A server that ends is started again, at the same
 * URL; where that does not work `lost` is resolved. However this process ends, the server is stopped;
 * should everything be killed at once, the next start stops what was left. As root the server runs
 * as `nobody`, and data and programs lie in /var/lib/poolproof where `nobody` could not reach them.
 *
 * @throws Error when the npm package for this platform is missing, when a live process uses
 * `dataDir`, or with the end of the server's log when it does not start.
 */
export async function startEmbeddedPostgres(
  options: KeeperRequest = {},
): Promise<EmbeddedPostgres> {
  const program = fileURLToPath(ownModule(import.meta, './keeper'));
  const keeper = execa(process.execPath, [program, JSON.stringify(options)], {
    ipc: true,
    // Of its own session, so a Ctrl-C in the terminal ends its owner first.
    // eslint-disable-next-line portable/no-detached -- on Windows, too, it must have no part in the console
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit'],
    windowsHide: true,
  });
  // A Ctrl-C that comes before it has a session of its own kills it: for the caller to handle.
  keeper.catch(() => undefined);
  const answer = (await keeper.getOneMessage()) as unknown as KeeperAnswer;
  if ('error' in answer) {
    await keeper;
    throw new Error(answer.error);
  }
  const { promise: lost, resolve: tellLost } = Promise.withResolvers<string>();
  let disposed = false;
  void keeper
    .catch(() => undefined)
    .then(() => {
      if (!disposed) {
        tellLost(
          `The embedded PostgreSQL in ${answer.dir} is gone, or nobody keeps it any more. ` +
            'Start again: what it held is kept.',
        );
      }
    });
  return {
    url: answer.url,
    dir: answer.dir,
    lost,
    [Symbol.asyncDispose]: async () => {
      disposed = true;
      if (keeper.nodeChildProcess.connected) keeper.nodeChildProcess.disconnect();
      await keeper.catch(() => undefined);
    },
  };
}
