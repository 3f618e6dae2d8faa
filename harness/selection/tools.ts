import type { Cell } from '../../catalog/evidence/schema.ts';

/**
 * What a run needs of its machine beside a broker, by name: an interpreter (`python`, `python 3.11`,
 * `node 22`; the Node that runs the harness is no need), `docker`, `wine`, `unshare` for a /dev/shm of
 * its own.
 */
export function toolsOf({ engine, platform, launch, shm, python, node }: Cell): string[] {
  const imposes = shm !== undefined && launch !== 'container';
  return [
    ...(engine === 'celery' ? [python === undefined ? 'python' : `python ${python}`] : []),
    ...(node === undefined ? [] : [`node ${node}`]),
    ...(launch === 'container' ? ['docker'] : []),
    ...(platform === 'wine' ? ['wine'] : []),
    ...(imposes ? ['unshare'] : []),
  ];
}
