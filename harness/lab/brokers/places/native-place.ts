import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startNative } from '../../platforms/native-process.ts';
import type { Workspace } from '../../sweep/workspace.ts';
import type { ServerSource } from '../broker.ts';
import type { Place, ServerProcess } from './place.ts';
import { freePorts } from './ports.ts';

type NativeSource = Extract<ServerSource, { how: 'native' | 'fetched' }>;

const host = '127.0.0.1';

/** This machine: servers are processes of it, which listen at the loopback interface alone. */
export async function nativePlace(
  { how, file }: NativeSource,
  portCount: number,
  workspace: Workspace,
): Promise<Place> {
  const root = await workspace.makeWorkFolder();
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
      await rm(path.join(folder, name), { recursive: true, force: true, maxRetries: 5 });
      await mkdir(path.join(folder, name));
      await mkdir(path.join(folder, name, 'full'));
    },
    async removeObstacle(folder, name) {
      await rm(path.join(folder, name), { recursive: true, force: true, maxRetries: 5 });
    },
    async start({ program: other = file, arguments: args, env = {} }, onLine) {
      const command = { file: other, arguments: args, env, folder: root };
      const program = await startNative(command, workspace, onLine);
      const server: ServerProcess = {
        ended: program.ended,
        async kill() {
          running.delete(server);
          await program.kill();
        },
        freeze: () => program.freeze(true),
        thaw: () => program.freeze(false),
      };
      running.add(server);
      return server;
    },
    off: () => Promise.resolve(),
    on: () => Promise.resolve(),
    async [Symbol.asyncDispose]() {
      // The last first: what others rest on, RabbitMQ's register of names say, it would start again.
      for (const server of [...running].toReversed()) await server.kill();
    },
  };
}
