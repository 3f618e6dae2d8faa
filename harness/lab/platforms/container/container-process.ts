import { createInterface } from 'node:readline';
import path from 'node:path';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { GenericContainer } from 'testcontainers';
import { NotRun } from '../../not-run.ts';
import { connectDocker } from '../../docker/engine.ts';
import type { Exit } from '../platform.ts';
import { runLabel } from '../../sweep/containers.ts';
import type { Workspace } from '../../sweep/workspace.ts';
import type { Program, StartedProgram } from '../platform.ts';
import { shmOptions, type Shm } from '../shm.ts';

const workFolder = '/work';

export interface ContainerSetup {
  readonly image: string;
  readonly shm: Shm | undefined;
}

export interface ContainerProgram extends StartedProgram {
  /** Puts an empty file into its work folder, unless it has ended. */
  flag(name: string): Promise<void>;
}

/** Starts a program in a container of its own, labelled with the run so that a sweep finds it. */
export async function startContainer(
  { image, shm }: ContainerSetup,
  actors: string,
  program: Program,
  workspace: Workspace,
  onLine: (line: string) => void,
): Promise<ContainerProgram> {
  workspace.refuseWhenClosed();
  workspace.noteContainers();
  const { dockerode } = (await connectDocker()).container;
  let printed: Promise<unknown> = Promise.resolve();
  const files = (program.files ?? []).map((source) => ({
    source,
    target: path.posix.join(workFolder, path.basename(source)),
  }));
  const started = await withShm(new GenericContainer(image), shm)
    .withLabels({ [runLabel]: workspace.id })
    .withCommand([...program.arguments])
    .withEnvironment({ ...program.env })
    .withCopyDirectoriesToContainer(
      existsSync(actors) ? [{ source: actors, target: workFolder }] : [],
    )
    .withCopyFilesToContainer(files)
    .withLogConsumer((stream) => {
      // An engine that goes tears the stream; that the program ended is told by `ended`.
      stream.on('error', () => stream.destroy());
      const lines = createInterface({ input: stream });
      lines.on('line', onLine).on('error', () => {
        lines.close();
      });
      printed = once(lines, 'close');
    })
    .start();
  const docker = dockerode.getContainer(started.getId());
  const ended = (docker.wait() as Promise<{ StatusCode: number }>).then(
    async ({ StatusCode }): Promise<Exit> => {
      await printed;
      return exitOf(StatusCode);
    },
    (): Exit => ({ code: null, signal: 'SIGKILL' }),
  );
  return {
    pid: undefined,
    ended,
    async terminate() {
      await docker.kill({ signal: 'SIGTERM' });
    },
    async kill() {
      await docker.remove({ force: true, v: true }).catch(ignoreGone);
      await ended;
    },
    tell: () => Promise.reject(new NotRun('a program in a container of its own reads nothing yet')),
    async signal(name) {
      await docker.kill({ signal: name });
    },
    async freeze(frozen) {
      await (frozen ? docker.pause() : docker.unpause());
    },
    async flag(name) {
      const target = path.posix.join(workFolder, name);
      await started.copyContentToContainer([{ content: '', target }]).catch(ignoreGone);
    },
  };
}

function withShm(container: GenericContainer, shm: Shm | undefined): GenericContainer {
  if (shm === undefined) return container;
  return shm === 'missing'
    ? container.withIpcMode('none')
    : container.withTmpFs({ '/dev/shm': shmOptions[shm] });
}

/** Docker reports a death by signal as 128 and its number, as shells do. */
export function exitOf(status: number): Exit {
  const signals: Record<number, string> = {
    134: 'SIGABRT',
    137: 'SIGKILL',
    139: 'SIGSEGV',
    143: 'SIGTERM',
  };
  const signal = signals[status];
  return signal === undefined ? { code: status, signal: null } : { code: null, signal };
}

function ignoreGone(error: unknown): void {
  if ((error as { statusCode?: number }).statusCode !== 404) throw error;
}
