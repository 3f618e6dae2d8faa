import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { NotRun } from '../../not-run.ts';
import { startNative } from '../../platforms/native-process.ts';
import type { RunFolder } from '../../sweep/run-folder.ts';
import type { ServerSource } from '../broker.ts';
import type { Place, ServerProcess } from './place.ts';
import { freePorts } from './ports.ts';

type NativeSource = Extract<ServerSource, { how: 'native' | 'fetched' }>;

const host = '127.0.0.1';

/** This machine: servers are processes of it, which listen at the loopback interface alone. */
export async function nativePlace(
  { how, file }: NativeSource,
  portCount: number,
  run: RunFolder,
): Promise<Place> {
  const root = await run.makeWorkFolder();
  const running = new Set<ServerProcess>();
  return {
    how,
    host,
    bind: host,
    // Containers do not share the loopback interface.
    hostInside: undefined,
    ports: await freePorts(portCount),
    async makeFolder(name) {
      const folder = path.join(root, name);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      await mkdir(folder);
      return folder;
    },
    async writeFile(folder, name, text) {
      const file = path.join(folder, name);
      await writeFile(file, text);
      return file;
    },
    async makeObstacle(folder, name) {
      await rm(path.join(folder, name), { recursive: true, force: true });
      await mkdir(path.join(folder, name, 'full'), { recursive: true });
    },
    async removeObstacle(folder, name) {
      await rm(path.join(folder, name), { recursive: true, force: true });
    },
    async start({ arguments: args, env = {} }, onLine) {
      const program = await startNative({ file, arguments: args, env, folder: root }, run, onLine);
      const server: ServerProcess = {
        ended: program.ended,
        async kill() {
          running.delete(server);
          await program.kill();
        },
        freeze: () => signal(program.pid, 'SIGSTOP'),
        thaw: () => signal(program.pid, 'SIGCONT'),
      };
      running.add(server);
      return server;
    },
    off: () => Promise.resolve(),
    on: () => Promise.resolve(),
    async [Symbol.asyncDispose]() {
      await Promise.all([...running].map((server) => server.kill()));
    },
  };
}

function signal(pid: number | undefined, name: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
  if (process.platform === 'win32') {
    throw new NotRun('Windows cannot stop a process in its tracks');
  }
  // eslint-disable-next-line portable/no-signal -- Windows was refused above
  if (pid !== undefined) process.kill(pid, name);
  return Promise.resolve();
}
