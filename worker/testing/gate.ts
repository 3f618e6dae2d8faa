import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { closedPort } from './redis.ts';

/** A way to a server that can be shut and opened again, at an address that stays the same. */
export interface Gate extends AsyncDisposable {
  /** The server's URL, through the gate. */
  readonly url: string;
  readonly open: () => Promise<void>;
  /** Refuses connections, and breaks those that are. */
  readonly shut: () => Promise<void>;
  /** Bytes go no further for now, in either direction, and nobody is told. */
  readonly freeze: () => void;
}

/** A gate that is shut. */
export async function makeGate(target: string): Promise<Gate> {
  const url = new URL(target);
  const targetPort = Number(url.port);
  const port = await closedPort();
  url.port = String(port);
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  const pass = (from: Socket) => {
    // It was accepted while the gate was shut, which waits for it to be gone.
    if (server === undefined) {
      from.destroy();
      return;
    }
    const to = connect(targetPort, '127.0.0.1');
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  };
  const shut = async () => {
    const shutting = server;
    server = undefined;
    shutting?.close();
    for (const socket of sockets) socket.destroy();
    if (shutting) await once(shutting, 'close');
  };
  return {
    url: url.href,
    open: async () => {
      server = createServer(pass).listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    shut,
    freeze: () => {
      for (const socket of sockets) socket.unpipe().pause();
    },
    [Symbol.asyncDispose]: shut,
  };
}
