import { connectDocker, dockerPatienceMs } from '../docker/engine.ts';

/** The label by which a run's containers are found again. */
export const runLabel = 'poolproof.run';

/**
 * Removes the containers of a run, running or not.
 *
 * @throws when the Docker engine does not answer, or does not remove them.
 */
export async function removeContainers(runId: string): Promise<void> {
  const { dockerode } = (await connectDocker()).container;
  const containers = await dockerode.listContainers({
    all: true,
    filters: { label: [`${runLabel}=${runId}`] },
    abortSignal: AbortSignal.timeout(dockerPatienceMs),
  });
  const options = { force: true, v: true, abortSignal: AbortSignal.timeout(2 * dockerPatienceMs) };
  await Promise.all(
    containers.map(({ Id }) => dockerode.getContainer(Id).remove(options).catch(ignoreGone)),
  );
}

/** A container that is gone, or that somebody else is removing, needs no removing. */
function ignoreGone(error: unknown): void {
  const { statusCode } = error as { statusCode?: number };
  if (statusCode !== 404 && statusCode !== 409) throw error;
}
