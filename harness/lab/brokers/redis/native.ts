import getPort from 'get-port';
import pWaitFor from 'p-wait-for';
import { LineBuffer } from '../../line-buffer.ts';
import { startNative } from '../../platforms/native-process.ts';
import type { StartedProgram } from '../../platforms/platform.ts';
import type { RunFolder } from '../../sweep/run-folder.ts';
import type { RedisServer } from './server.ts';

const host = '127.0.0.1';

/** A redis-server or valkey-server process with a port and a folder of its own, keeping nothing on disk. */
export async function nativeRedis(file: string, run: RunFolder): Promise<RedisServer> {
  const port = await getPort({ host });
  const folder = await run.makeWorkFolder();
  const options = { port, bind: host, dir: folder, save: '', appendonly: 'no' };
  let running: StartedProgram | undefined;

  async function stop(): Promise<void> {
    await running?.kill();
    running = undefined;
  }
  return {
    how: 'native',
    host,
    port,
    // Bound to the loopback interface, which containers do not share.
    urlInside: undefined,
    async start() {
      const output = new LineBuffer();
      const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`]);
      const server = await startNative({ file, arguments: args, env: {}, folder }, run, (line) => {
        output.add(line);
      });
      running = server;
      await Promise.race([
        pWaitFor(() => output.lines.some((line) => line.includes('Ready to accept connections')), {
          timeout: { milliseconds: 10_000, message: `${file} was not ready within 10 s` },
        }),
        server.ended.then(({ code }) => {
          if (running === server) {
            throw new Error(
              `${file} ended with code ${code ?? 'none'}: ${output.lines.join('\n')}`,
            );
          }
        }),
      ]);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
