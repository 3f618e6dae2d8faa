import { connectDocker } from '../docker/engine.ts';

/** The label by which a run's containers are found again. */
export const runLabel = 'poolproof.run';

/** Removes the containers of a run, running or not. */
export async function removeContainers(runId: string): Promise<void> {
  const client = await connectDocker();
  const { dockerode } = client.container;
  const containers = await dockerode.listContainers({
    all: true,
    filters: { label: [`${runLabel}=${runId}`] },
  });
  await Promise.all(
    containers.map(({ Id }) => dockerode.getContainer(Id).remove({ force: true, v: true })),
  );
}
