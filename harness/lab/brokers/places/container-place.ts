import { once } from 'node:events';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { createInterface } from 'node:readline';
import { GenericContainer, Wait } from 'testcontainers';
import { within } from '../../deadline.ts';
import { connectDocker } from '../../docker/engine.ts';
import { sharesLoopback } from '../../docker/shared-network.ts';
import { NotRun } from '../../not-run.ts';
import type { Exit } from '../../platforms/platform.ts';
import { runLabel } from '../../sweep/containers.ts';
import type { Workspace } from '../../sweep/workspace.ts';
import type { Place } from './place.ts';
import { freePorts } from './ports.ts';

const host = '127.0.0.1';
const startDeadlineMs = 60_000;
const stopDeadlineMs = 20_000;
const root = '/srv/poolproof';

/** Its ports are bound to the loopback interface of this machine: nobody else may use a server without password. */
class LoopbackContainer extends GenericContainer {
  protected override beforeContainerCreated(): Promise<void> {
    const bindings = (this.hostConfig.PortBindings ?? {}) as Record<string, { HostPort: string }[]>;
    this.hostConfig.PortBindings = Object.fromEntries(
      Object.entries(bindings).map(([port, binding]) => [
        port,
        binding.map(({ HostPort }) => ({ HostPort, HostIp: host })),
      ]),
    );
    return Promise.resolve();
  }
}

/**
 * A container of our own image in which all servers of one broker run. They have the same ports inside as
 * outside, so that the addresses they tell each other are those by which this machine's programs reach them.
 *
 * @param program the server, as the image names it.
 * @throws NotRun where the engine runs on another machine, to whose network the servers would be open.
 */
export async function containerPlace(
  image: string,
  program: string,
  portCount: number,
  workspace: Workspace,
): Promise<Place> {
  const client = await connectDocker();
  const engine = client.info.containerRuntime.host;
  if (!(await sharesLoopback(engine))) {
    throw new NotRun(
      `the Docker engine runs on ${engine}, to whose network the broker would be open; type: --broker native`,
    );
  }
  const ports = await freePorts(portCount);
  workspace.refuseWhenClosed();
  workspace.noteContainers();
  const starting = new LoopbackContainer(image)
    .withLabels({ [runLabel]: workspace.id })
    .withExposedPorts(...ports.map((port) => ({ container: port, host: port })))
    .withEntrypoint(['sh', '-c', `mkdir -p ${root} && echo up && exec sleep infinity`])
    .withWaitStrategy(Wait.forLogMessage('up'))
    .withStartupTimeout(30_000)
    .start();
  const started = await within(
    startDeadlineMs,
    'the container of the broker did not start',
    starting,
  );
  const { dockerode } = client.container;
  const container = dockerode.getContainer(started.getId());
  let hostInside = started.getIpAddress('bridge');

  async function execute(command: readonly string[], onLine?: (line: string) => void) {
    const exec = await container.exec({
      Cmd: [...command],
      AttachStdout: true,
      AttachStderr: true,
    });
    const stream = await exec.start({ hijack: true, stdin: false });
    const output = new PassThrough();
    dockerode.modem.demuxStream(stream, output, output);
    // An engine that goes tears the stream; that the server ended is told by its end.
    stream
      .on('end', () => output.end())
      .on('close', () => output.end())
      .on('error', () => output.end());
    const lines = createInterface({ input: output });
    if (onLine !== undefined) lines.on('line', onLine);
    const ended = once(lines, 'close').then(async () => {
      const { ExitCode } = await exec.inspect();
      return ExitCode;
    });
    return { ended };
  }
  async function inside(command: readonly string[]): Promise<void> {
    const printed: string[] = [];
    const { ended } = await execute(command, (line) => printed.push(line));
    const code = await within(stopDeadlineMs, `${command.join(' ')} did not end`, ended);
    if (code !== 0) throw new Error(`${command.join(' ')} failed: ${printed.join('\n')}`);
  }
  return {
    how: 'container',
    host,
    bind: '0.0.0.0',
    ports,
    get hostInside() {
      return hostInside;
    },
    async makeFolder(name) {
      const folder = path.posix.join(root, name);
      await inside(['sh', '-c', 'rm -rf "$0" && mkdir "$0"', folder]);
      return folder;
    },
    async writeFile(folder, name, text) {
      const file = path.posix.join(folder, name);
      await inside(['sh', '-c', 'printf %s "$1" > "$0"', file, text]);
      return file;
    },
    async makeObstacle(folder, name) {
      await inside([
        'sh',
        '-c',
        'rm -rf "$0" && mkdir -p "$0/full"',
        path.posix.join(folder, name),
      ]);
    },
    removeObstacle: (folder, name) => inside(['rm', '-rf', path.posix.join(folder, name)]),
    async start({ name, program: other = program, arguments: args, env = {} }, onLine) {
      workspace.refuseWhenClosed();
      const note = path.posix.join(root, `${name}.pid`);
      const variables = Object.entries(env).map(([key, value]) => `${key}=${value}`);
      const { ended } = await execute(
        // The shell has noted its process by the time it becomes the server.
        ['sh', '-c', 'echo $$ > "$0" && exec env "$@"', note, ...variables, other, ...args],
        onLine,
      );
      const exit = ended.then(
        (code): Exit => ({ code, signal: null }),
        (): Exit => ({ code: null, signal: 'SIGKILL' }),
      );
      const send = (signal: string) =>
        // With all that it started: the engine has made it the first of its group.
        inside(['sh', '-c', 'kill -s "$1" -- "-$(cat "$0")" 2>/dev/null || true', note, signal]);
      return {
        ended: exit,
        async kill() {
          await send('KILL');
          await within(stopDeadlineMs, `${name} did not end`, exit);
        },
        freeze: () => send('STOP'),
        thaw: () => send('CONT'),
      };
    },
    async off() {
      await within(stopDeadlineMs, 'the container did not stop', container.kill());
    },
    async on() {
      workspace.refuseWhenClosed();
      await within(startDeadlineMs, 'the container did not start', container.start());
      const { NetworkSettings } = await container.inspect();
      hostInside = NetworkSettings.Networks.bridge?.IPAddress ?? hostInside;
    },
    async [Symbol.asyncDispose]() {
      await within(
        stopDeadlineMs,
        'the container was not removed',
        container.remove({ force: true, v: true }).catch(ignoreGone),
      );
    },
  };
}

/** A container that is gone needs no removing. */
function ignoreGone(error: unknown): void {
  if ((error as { statusCode?: number }).statusCode !== 404) throw error;
}
