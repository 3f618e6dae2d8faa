import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { isIPv6, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { BadInput } from '../../catalog/problem/bad-input.ts';
import { renderNotice } from './notice.ts';

/** Where to listen. */
export interface Place {
  /** An address of this machine. Default: 127.0.0.1, which no other machine reaches. */
  readonly host?: string | undefined;
  /** Default: the first free port from 3000 to 3019. 0 takes any free one. */
  readonly port?: number | undefined;
}

/** An address that is ours until disposal. */
export interface Address extends AsyncDisposable {
  readonly url: string;
  /** Answers requests until disposal; before and after, a notice does. */
  serve: (handler: RequestListener) => Disposable;
}

const firstPort = 3000;
const lastPort = 3019;

/**
 * Takes an address before the slow parts start, so that a taken port is told at once.
 * @throws BadInput when the port is taken or the address is none of this machine's.
 */
export async function takeAddress({ host = '127.0.0.1', port }: Place = {}): Promise<Address> {
  let handler: RequestListener = answerNotice;
  const server = createServer((request, response) => {
    handler(request, response);
  });
  if (port === undefined) await listenOnFreePort(server, host);
  else await listen(server, host, port).catch((error: unknown) => explain(error, host, port));
  server.on('clientError', refuseMalformed);
  return {
    url: urlOf(server.address() as AddressInfo),
    serve: (next) => {
      handler = next;
      return { [Symbol.dispose]: () => (handler = answerNotice) };
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      // A browser with the board open keeps its connection, and would keep the process.
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen({ host, port, exclusive: true });
  await once(server, 'listening');
}

async function listenOnFreePort(server: Server, host: string): Promise<void> {
  for (let port = firstPort; port <= lastPort; port++) {
    try {
      await listen(server, host, port);
      return;
    } catch (error) {
      if (!isTaken(error)) explain(error, host, port);
    }
  }
  throw new BadInput(
    `Ports ${firstPort} to ${lastPort} of ${host} are all taken. Name a free one: --port 8080`,
  );
}

/** On Windows Hyper-V keeps ranges of ports to itself, 3000 often among them; to take one is EACCES. */
function isTaken(error: unknown): boolean {
  return ['EADDRINUSE', 'EACCES'].includes(codeOf(error) ?? '');
}

function explain(error: unknown, host: string, port: number): never {
  const next = port < 65_535 ? port + 1 : firstPort;
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      throw new BadInput(`Port ${port} of ${host} is taken. Name another: --port ${next}`);
    case 'EACCES':
      throw new BadInput(`Port ${port} may not be taken by this user. Name another: --port 8080`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      throw new BadInput(
        `${host} is no address of this machine. Leave out --host, or try: --host 0.0.0.0`,
      );
    case undefined:
    default:
      throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function urlOf({ address, port }: AddressInfo): string {
  return `http://${isIPv6(address) ? `[${address}]` : address}:${port}`;
}

/** What every answer says, also one that no application gave. */
const strict = {
  'Content-Security-Policy': "default-src 'none'",
  'X-Content-Type-Options': 'nosniff',
};

/** Answers what is no HTTP: Node would do it without a word about what a browser may make of it. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : '400 Bad Request';
  const headers = Object.entries(strict).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${status}\r\n${headers.join('')}Connection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

const answerNotice: RequestListener = (_request, response) => {
  response
    .writeHead(503, {
      'Content-Type': 'text/html; charset=utf-8',
      'Retry-After': '2',
      ...strict,
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
    })
    .end(renderNotice('Not up', 'Broker, worker and board are starting or stopping.'));
};
