import path from 'node:path';
import type { Cell } from '../../../catalog/evidence/schema.ts';
import { engineLost } from '../../docker/engine.ts';
import { ourImage } from '../../docker/image.ts';
import { celeryRequirements } from '../../engines/celery/requirements.ts';
import { NotRun } from '../../scenario/not-run.ts';
import type { RunFolder } from '../../sweep/run-folder.ts';
import type { Host, Platform, Program } from '../platform.ts';

export interface PreparedContainer {
  readonly kind: 'container';
  readonly image: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** Actors in Linux containers built from our own Dockerfile, each in one of its own. */
export const container: Platform<PreparedContainer> = {
  whyNot: ({ platform }) =>
    platform === 'linux' ? undefined : `${platform}: containers here are Linux ones`,
  async prepare(cell, progress) {
    const image = await celeryImage(cell, progress);
    const { readImageVersions } = await import('./versions.ts');
    return { kind: 'container', image, versions: await readImageVersions(image) };
  },
};

/** Each program of the run becomes a container with copies of the actors in its work folder. */
export async function openContainerHost(
  prepared: PreparedContainer,
  run: RunFolder,
  actors: string,
): Promise<Host> {
  const { startContainer } = await import('./container-process.ts');
  return {
    sharesNetwork: false,
    describe: ({ arguments: args }: Program) => ['docker run', '<image>', ...args].join(' '),
    start: (program, onLine) => startContainer(prepared.image, actors, program, run, onLine),
    lost: engineLost,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function celeryImage(
  { engine, version }: Cell,
  progress: (message: string) => void,
): Promise<string> {
  if (engine !== 'celery') throw new NotRun(`there is no container image for ${engine} yet`);
  const REQUIREMENTS = celeryRequirements(version).join(' ');
  const folder = path.join(import.meta.dirname, 'celery');
  return ourImage(`poolproof-celery-${version}`, folder, { REQUIREMENTS }, progress);
}
