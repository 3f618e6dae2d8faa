import getPort from 'get-port';
import { GenericContainer, Wait, type StartedTestContainer } from 'testcontainers';
import { within } from '../../deadline.ts';
import { connectDocker } from '../../docker/engine.ts';
import { runLabel } from '../../sweep/containers.ts';
import type { RunFolder } from '../../sweep/run-folder.ts';
import type { RedisServer } from './server.ts';

const portInside = 6379;
const startDeadlineMs = 60_000;
const stopDeadlineMs = 20_000;

/** Redis in a container of our own image. Its port on this machine is fixed, so that it can come back to it. */
export async function containerRedis(image: string, run: RunFolder): Promise<RedisServer> {
  const client = await connectDocker();
  const engine = client.info.containerRuntime.host;
  // By its number, so that what stands in for a broken broker listens where clients look first.
  const host = engine === 'localhost' ? '127.0.0.1' : engine;
  const port = await getPort();
  let started: StartedTestContainer | undefined;
  let addressInside: string | undefined;

  async function stop(): Promise<void> {
    const running = started;
    started = undefined;
    if (running === undefined) return;
    await within(stopDeadlineMs, 'Redis did not stop', running.stop({ timeout: 0 }));
  }
  return {
    how: 'container',
    host,
    port,
    get urlInside() {
      return addressInside && `redis://${addressInside}:${portInside}/0`;
    },
    async start() {
      run.refuseWhenClosed();
      run.noteContainers();
      const starting = new GenericContainer(image)
        .withLabels({ [runLabel]: run.id })
        .withExposedPorts({ container: portInside, host: port })
        .withWaitStrategy(Wait.forLogMessage('Ready to accept connections'))
        .withStartupTimeout(30_000)
        .start();
      started = await within(startDeadlineMs, 'Redis did not start', starting);
      addressInside = started.getIpAddress('bridge');
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
