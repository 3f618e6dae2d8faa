import path from 'node:path';
import type { Cell } from '../../../../catalog/evidence/schema.ts';
import { engineLost } from '../../docker/engine.ts';
import { ourImage } from '../../docker/image.ts';
import { requirementsOf } from '../../engines/celery/requirements.ts';
import { NotRun } from '../../not-run.ts';
import type { RunFolder } from '../../sweep/run-folder.ts';
import type { ContainerProgram } from './container-process.ts';
import type { Host, Platform, Program } from '../platform.ts';
import { shmOptions, type Shm } from '../shm.ts';

export interface PreparedContainer {
  readonly kind: 'container';
  readonly image: string;
  readonly shm: Shm | undefined;
  readonly versions: Readonly<Record<string, string>>;
}

/** Actors in Linux containers built from our own Dockerfile, each in one of its own. */
export const container: Platform<PreparedContainer> = {
  whyNot: ({ platform }) =>
    platform === 'linux' ? undefined : `${platform}: containers here are Linux ones`,
  async prepare(cell, progress) {
    if (cell.engine !== 'celery') {
      throw new NotRun(`there is no container image for ${cell.engine} yet`);
    }
    return { kind: 'container', shm: cell.shm, ...(await celeryImage(cell, progress)) };
  },
};

/** Each program of the run becomes a container with copies of the actors in its work folder. */
export async function openContainerHost(
  prepared: PreparedContainer,
  run: RunFolder,
  actors: string,
): Promise<Host> {
  const { startContainer } = await import('./container-process.ts');
  const programs: ContainerProgram[] = [];
  const flags: string[] = [];
  return {
    sharesNetwork: false,
    describe: ({ arguments: args }: Program) =>
      ['docker run', ...shmFlags(prepared.shm), '<image>', ...args].join(' '),
    async start(program, onLine) {
      const started = await startContainer(prepared, actors, program, run, onLine);
      programs.push(started);
      for (const name of flags) await started.flag(name);
      return started;
    },
    async flag(name) {
      flags.push(name);
      await Promise.all(programs.map((program) => program.flag(name)));
    },
    lost: engineLost,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function shmFlags(shm: Shm | undefined): string[] {
  if (shm === undefined) return [];
  return shm === 'missing' ? ['--ipc none'] : [`--tmpfs /dev/shm:${shmOptions[shm]}`];
}

type Image = Pick<PreparedContainer, 'image' | 'versions'>;

/** By what is installed in them: cells that differ in their /dev/shm share one, built and asked once. */
const images = new Map<string, Promise<Image>>();

function celeryImage(cell: Cell, progress: (message: string) => void): Promise<Image> {
  const requirements = requirementsOf(cell).join(' ');
  const known = images.get(requirements);
  if (known !== undefined) return known;
  const image = buildCeleryImage(cell.version, requirements, progress);
  images.set(requirements, image);
  return image;
}

async function buildCeleryImage(
  version: string,
  REQUIREMENTS: string,
  progress: (message: string) => void,
): Promise<Image> {
  const folder = path.join(import.meta.dirname, '..', '..', 'engines', 'celery', 'image');
  const name = `poolproof-celery-${version}`;
  const image = await ourImage(name, folder, { REQUIREMENTS }, progress);
  const { readImageVersions } = await import('../../engines/celery/image-versions.ts');
  return { image, versions: await readImageVersions(image) };
}
