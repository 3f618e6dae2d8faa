import type { ContainerRuntimeClient } from 'testcontainers';
import { NotRun } from '../not-run.ts';
import { whyNoEngine } from './ping.ts';

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
  const whyNot = await whyNoEngine();
  if (whyNot !== undefined) throw new NotRun(whyNot);
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

/** How long an engine that works may take for anything but starting and building. */
export const dockerPatienceMs = 10_000;

/** Why an engine that was connected to is of no use any more, or undefined. */
export async function engineLost(): Promise<string | undefined> {
  try {
    const { dockerode } = (await connectDocker()).container;
    // A ping that can be broken off.
    const abortSignal = AbortSignal.timeout(dockerPatienceMs);
    await dockerode.listContainers({ limit: 1, abortSignal });
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `the Docker engine stopped answering in the middle of the run (${reason})`;
  }
}
