import { GenericContainer, Wait } from 'testcontainers';
import { cacheFolder } from '../../cache/folder.ts';
import { connectDocker, dockerPatienceMs, engineLost } from '../../docker/engine.ts';
import { within } from '../../deadline.ts';
import { runLabel } from '../../sweep/containers.ts';
import type { Workspace } from '../../sweep/workspace.ts';
import { inPrefix } from '../../sweep/wine.ts';
import { wineCommand } from './command.ts';
import { startInContainer } from './container-program.ts';
import { inImage, ownUser } from './container-wine.ts';
import { wineEnvironment } from './environment.ts';
import type { Machine, PreparedMachine } from './machine.ts';

const bootDeadlineMs = 120_000;
const stopDeadlineMs = 20_000;
const prefix = '/tmp/prefix';
const stayOn = `sh ${inImage}/boot "$0" ${prefix} && echo booted && exec sleep infinity`;

/** Switches on a machine in a container. It shares this machine's network and, under the same path, its cache. */
export async function bootInContainer(
  { image = '', template }: PreparedMachine,
  workspace: Workspace,
): Promise<Machine> {
  workspace.refuseWhenClosed();
  workspace.noteContainers();
  const { dockerode } = (await connectDocker()).container;
  const booting = new GenericContainer(image)
    .withLabels({ [runLabel]: workspace.id })
    .withNetworkMode('host')
    .withBindMounts([{ source: cacheFolder(), target: cacheFolder() }])
    // Docker's own profile forbids what ./image/steady does.
    .withSecurityOpt('seccomp=unconfined')
    .withUser(ownUser())
    .withEnvironment({ ...wineEnvironment, HOME: '/tmp', LANG: 'C.UTF-8', TZ: 'UTC' })
    .withCommand(['sh', '-c', stayOn, template])
    .withWaitStrategy(Wait.forLogMessage('booted'))
    .withStartupTimeout(bootDeadlineMs)
    .start();
  const started = await within(bootDeadlineMs, 'the container of Wine was not up', booting);
  return {
    start: (program, onLine) =>
      startInContainer(
        dockerode,
        started.getId(),
        {
          command: wineCommand(program, inImage),
          env: { ...inPrefix(prefix), ...program.env },
          folder: program.folder,
        },
        onLine,
      ),
    async lost() {
      const lost = await engineLost();
      if (lost !== undefined) return lost;
      const abortSignal = AbortSignal.timeout(dockerPatienceMs);
      const isUp = await dockerode
        .getContainer(started.getId())
        .inspect({ abortSignal })
        .then(({ State }) => State.Running)
        .catch(() => false);
      return isUp ? undefined : 'the container of Wine ended in the middle of the run';
    },
    async [Symbol.asyncDispose]() {
      await within(stopDeadlineMs, 'the container of Wine did not stop', started.stop());
    },
  };
}
