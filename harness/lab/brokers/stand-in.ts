import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** What stands at a broker's address while the broker is away. */
export type Manners = 'silent' | 'drops';

/** Listens in place of a broker: accepts everybody, and never answers or hangs up at the first request. */
export async function standIn(
  host: string,
  port: number,
  manners: Manners,
): Promise<AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client that gives up on us is what this is for.
    socket.on('error', () => undefined);
    socket.on('data', () => {
      if (manners === 'drops') socket.resetAndDestroy();
    });
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
