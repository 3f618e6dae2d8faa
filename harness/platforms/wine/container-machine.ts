import { GenericContainer, Wait } from 'testcontainers';
import { cacheFolder } from '../../cache/folder.ts';
import { connectDocker } from '../../docker/engine.ts';
import { runLabel } from '../../sweep/containers.ts';
import type { RunFolder } from '../../sweep/run-folder.ts';
import { wineCommand } from './command.ts';
import { startInContainer } from './container-program.ts';
import { inImage, ownUser } from './container-wine.ts';
import { wineEnvironment } from './environment.ts';
import type { Machine, PreparedMachine } from './machine.ts';

const prefix = '/tmp/prefix';
const stayOn = `sh ${inImage}/boot "$0" ${prefix} && echo booted && exec sleep infinity`;

/** Switches on a machine in a container. It shares this machine's network and, under the same path, its cache. */
export async function bootInContainer(
  { image = '', template }: PreparedMachine,
  run: RunFolder,
): Promise<Machine> {
  run.refuseWhenClosed();
  run.noteContainers();
  const { dockerode } = (await connectDocker()).container;
  const started = await new GenericContainer(image)
    .withLabels({ [runLabel]: run.id })
    .withNetworkMode('host')
    .withBindMounts([{ source: cacheFolder(), target: cacheFolder() }])
    .withUser(ownUser())
    .withEnvironment({ ...wineEnvironment, HOME: '/tmp', LANG: 'C.UTF-8', TZ: 'UTC' })
    .withCommand(['sh', '-c', stayOn, template])
    .withWaitStrategy(Wait.forLogMessage('booted'))
    .start();
  return {
    start: (program, onLine) =>
      startInContainer(
        dockerode,
        started.getId(),
        {
          command: wineCommand(program),
          env: { WINEPREFIX: prefix, ...program.env },
          folder: program.folder,
        },
        onLine,
      ),
    async [Symbol.asyncDispose]() {
      await started.stop({ timeout: 0 });
    },
  };
}
