import { engineLost } from '../../docker/engine.ts';
import type { EngineImage } from '../../engines/engine.ts';
import { engines } from '../../engines/engines.ts';
import type { Workspace } from '../../sweep/workspace.ts';
import type { ContainerProgram } from './container-process.ts';
import type { Host, Platform, Program } from '../platform.ts';
import { shmOptions, type Shm } from '../shm.ts';

export interface PreparedContainer extends EngineImage {
  readonly kind: 'container';
  readonly shm: Shm | undefined;
}

/** Actors in Linux containers built from our own Dockerfile, each in one of its own. */
export const container: Platform<PreparedContainer> = {
  whyNot: ({ platform }) =>
    platform === 'linux' ? undefined : `${platform}: containers here are Linux ones`,
  async prepare(cell, progress) {
    const image = await engines[cell.engine].image(cell, progress);
    return { kind: 'container', shm: cell.shm, ...image };
  },
};

/** Each program of the run becomes a container with copies of the actors in its work folder. */
export async function openContainerHost(
  prepared: PreparedContainer,
  workspace: Workspace,
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
      const started = await startContainer(prepared, actors, program, workspace, onLine);
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
