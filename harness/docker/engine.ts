import type { ContainerRuntimeClient } from 'testcontainers';
import { NotRun } from '../scenario/not-run.ts';

let client: Promise<ContainerRuntimeClient> | undefined;

/**
 * Connects to the Docker engine that Testcontainers finds (socket, DOCKER_HOST, contexts); once per thread.
 *
 * @throws NotRun when none answers or it runs Windows containers.
 */
export function connectDocker(): Promise<ContainerRuntimeClient> {
  client ??= connect();
  return client;
}

async function connect(): Promise<ContainerRuntimeClient> {
  // Leftovers are swept by the harness itself; Testcontainers' own reaper is an image to pull.
  process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
  const { getContainerRuntimeClient } = await import('testcontainers');
  let found: ContainerRuntimeClient;
  try {
    found = await getContainerRuntimeClient();
  } catch {
    throw new NotRun(
      'no Docker engine answers; start one (Debian: apt-get install docker.io; Windows and macOS: Docker Desktop)',
    );
  }
  const { OSType } = (await found.container.dockerode.info()) as { OSType?: string };
  if (OSType === 'linux') return found;
  throw new NotRun(`the Docker engine runs ${OSType ?? 'no'} containers; Linux ones are needed`);
}
