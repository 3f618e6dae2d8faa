import { PassThrough } from 'node:stream';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import pWaitFor from 'p-wait-for';
import { dockerPatienceMs, type connectDocker } from '../../docker/engine.ts';
import type { Exit } from '../platform.ts';
import { exitOf } from '../container/container-process.ts';
import { drainedBy } from '../drained.ts';
import type { StartedProgram } from '../platform.ts';
import { unlikeWindows } from './machine.ts';

type Docker = Awaited<ReturnType<typeof connectDocker>>['container']['dockerode'];

export interface ContainerCommand {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
}

let programs = 0;

/** Starts a program in a running container, with pipes, and in a process group of its own. */
export async function startInContainer(
  docker: Docker,
  containerId: string,
  { command, env, folder }: ContainerCommand,
  onLine: (line: string) => void,
): Promise<StartedProgram> {
  const container = docker.getContainer(containerId);
  programs += 1;
  const pidFile = `/tmp/program-${programs}`;
  const exec = await container.exec({
    Cmd: ['sh', '-c', 'echo $$ >"$0" && exec "$@"', pidFile, ...command],
    Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
    WorkingDir: folder,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await exec.start({ hijack: true, stdin: true });
  const output = new PassThrough();
  docker.modem.demuxStream(stream, output, output);
  stream.once('end', () => output.end());
  // An engine that goes tears the stream; what becomes of the program is asked of it below.
  stream.on('error', () => output.end());
  const lines = createInterface({ input: output });
  lines.on('line', (line) => {
    onLine(line);
  });
  const drained = drainedBy(once(lines, 'close'));
  const ended = hasEnded(exec).then(async (exit) => {
    await drained();
    return exit;
  });
  const killGroup = async () => {
    const abortSignal = AbortSignal.timeout(dockerPatienceMs);
    const Cmd = ['sh', '-c', 'kill -KILL "-$(cat "$0")"', pidFile];
    const killer = await container.exec({ Cmd, abortSignal });
    await killer.start({ abortSignal });
  };
  let isReachable = true;
  const kill = async () => {
    // Where the engine is gone, `ended` says so, and what still runs is the sweep's.
    if (isReachable) {
      await killGroup().catch(() => {
        isReachable = false;
      });
    }
    await ended;
  };
  // Nobody can ask a Windows program to end, and one ended alone leaves its children.
  return {
    ...{ pid: undefined, ended, terminate: kill, kill, ...unlikeWindows },
    tell(line) {
      stream.write(`${line}\n`);
      return Promise.resolve();
    },
  };
}

/** Waits until the program has ended; a container that is gone took it along. */
async function hasEnded(exec: ReturnType<Docker['getExec']>): Promise<Exit> {
  let code: number | undefined;
  const killed: Exit = { code: null, signal: 'SIGKILL' };
  try {
    await pWaitFor(
      async () => {
        const { Running, ExitCode } = await exec.inspect({
          abortSignal: AbortSignal.timeout(dockerPatienceMs),
        });
        code = ExitCode ?? undefined;
        return !Running;
      },
      { interval: 100 },
    );
  } catch {
    return killed;
  }
  return code === undefined ? killed : exitOf(code);
}
