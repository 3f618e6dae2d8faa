import { execa } from 'execa';
import type { Cell } from '../../../catalog/evidence/schema.ts';
import { NotRun } from '../not-run.ts';

export type Shm = NonNullable<Cell['shm']>;

/** How a file system in memory is mounted for it, on a machine and in a container alike. */
export const shmOptions: Record<Exclude<Shm, 'missing'>, string> = {
  '0755': 'mode=0755',
  '1777': 'mode=1777',
  // One page of memory, which the first semaphore takes up.
  full: 'mode=1777,size=4k',
};

/** Whoever runs the harness, it is another user: what the mode grants to others is what counts. */
const ownedByNobody = 'uid=65534,gid=65534';

const mountAndRun = 'mount -t tmpfs -o "$0" tmpfs /dev/shm && exec "$@"';

/**
 * What stands before a command to run it in a /dev/shm of its own, which goes with the last process
 * that sees it. The user stays who it is, since others may not read the engines in the cache; but root
 * may write anywhere, so its capabilities are dropped. Each step replaces the one before: the pid stays.
 */
function inOwnShm(shm: Exclude<Shm, 'missing'>): string[] {
  return [
    ...['unshare', '--mount', 'sh', '-c', mountAndRun, `${shmOptions[shm]},${ownedByNobody}`],
    ...['setpriv', '--bounding-set=-all', '--inh-caps=-all', '--no-new-privs'],
  ];
}

/**
 * Makes sure that this machine lets us mount one.
 *
 * @returns what `inOwnShm` returns; nothing for a run that takes the /dev/shm there is.
 * @throws NotRun with what to type.
 */
export async function requireOwnShm(shm: Cell['shm']): Promise<string[]> {
  if (shm === undefined) return [];
  if (shm === 'missing') throw new NotRun('only a container can be without /dev/shm');
  const [file = '', ...args] = inOwnShm(shm);
  const tried = await execa(file, [...args, 'true'], { reject: false });
  if (!tried.failed) return [file, ...args];
  const reason = tried.stderr || (tried.originalMessage ?? 'no reason given');
  const next =
    process.getuid?.() === 0
      ? 'let it mount, in a container by: --cap-add SYS_ADMIN --security-opt apparmor=unconfined'
      : 'type: sudo npm run harness';
  throw new NotRun(`a /dev/shm of its own takes root, unshare and setpriv (${reason}); ${next}`);
}
