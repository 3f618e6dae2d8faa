import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Fault } from './fault.ts';

/** The faults that a proxy in the path imposes. */
export type NetworkFault = Extract<
  Fault,
  { kind: 'latency' | 'reset-peer' | 'limit-data' | 'timeout' | 'replies-lost' }
>;

const networkKinds: readonly string[] = [
  'latency',
  'reset-peer',
  'limit-data',
  'timeout',
  'replies-lost',
] satisfies NetworkFault['kind'][];

/** Whether a fault needs a proxy in the path. */
export function isNetworkFault(fault: Fault): fault is NetworkFault {
  return networkKinds.includes(fault.kind);
}

/** Ends a connection as TCP does when a host is gone. */
type End = 'close' | 'reset';

const host = '127.0.0.1';

/**
 * A TCP proxy before a server, which imposes faults in the words of Toxiproxy. Toxiproxy itself is a
 * program in Go that comes from no package registry of npm or Python, and its clients only drive it.
 */
export class TcpProxy {
  readonly #upstream: { readonly host: string; readonly port: number };
  readonly #links = new Set<Link>();
  #server: Server | undefined;
  #port = 0;
  #fault: NetworkFault | undefined;

  constructor(upstream: { readonly host: string; readonly port: number }) {
    this.#upstream = upstream;
  }

  /** Where it listens on the loopback interface, once it was opened. */
  get port(): number {
    return this.#port;
  }

  /** Listens, at the same port as before if it was closed. */
  async open(): Promise<void> {
    const server = createServer({ allowHalfOpen: true }, (client) => {
      const link = new Link(client, connect({ ...this.#upstream, allowHalfOpen: true }));
      this.#links.add(link);
      client.once('close', () => this.#links.delete(link));
      if (this.#fault !== undefined) link.impose(this.#fault);
    });
    await once(server.listen(this.#port, host), 'listening');
    const address = server.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
    this.#server = server;
  }

  /** Refuses connections, and closes those that stand. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = once(server, 'close');
    server.close();
    for (const link of this.#links) link.end('close');
    await closed;
  }

  /** Imposes a fault on the connections that stand and on new ones. */
  impose(fault: NetworkFault): void {
    this.#fault = fault;
    for (const link of this.#links) link.impose(fault);
  }

  /** Takes the fault away. Connections that lost something stay as dead as they are on a real network. */
  clear(): void {
    this.#fault = undefined;
    for (const link of this.#links) link.clear();
  }
}

/** A connection of a client, and the one that stands for it at the server. */
class Link {
  readonly #client: Socket;
  readonly #server: Socket;
  #fault: NetworkFault | undefined;
  /** Answers of the server that were passed on since the fault was imposed, in bytes. */
  #passed = 0;
  /** Whether anything was swallowed: nobody could make sense of what comes after it. */
  #isBroken = false;
  /** Answers that are kept back; nothing may overtake them. */
  readonly #waiting: { readonly send: () => void; readonly leavesAt: number }[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(client: Socket, server: Socket) {
    this.#client = client;
    this.#server = server;
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      // What befalls one side is passed on to the other.
      from.on('error', () => to.resetAndDestroy());
      from.on('close', () => to.destroy());
      to.on('drain', () => from.resume());
    }
    client.on('data', (chunk) => {
      this.#request(chunk);
    });
    client.on('end', () => {
      if (this.#fault?.kind !== 'timeout') server.end();
    });
    server.on('data', (chunk) => {
      this.#answer(chunk);
    });
    server.on('end', () => {
      this.#later(() => client.end());
    });
  }

  impose(fault: NetworkFault): void {
    this.#fault = fault;
    this.#passed = 0;
    if (fault.kind === 'reset-peer') {
      this.#timer = setTimeout(() => {
        this.end('reset');
      }, fault.afterMs ?? 0);
    }
  }

  clear(): void {
    clearTimeout(this.#timer);
    // A half-open connection stays so: its other end has forgotten it.
    if (this.#fault?.kind === 'timeout') return;
    this.#fault = undefined;
    if (this.#isBroken) this.end('reset');
  }

  end(how: End): void {
    for (const socket of [this.#client, this.#server]) {
      if (how === 'reset') socket.resetAndDestroy();
      else socket.destroy();
    }
  }

  #request(chunk: Buffer): void {
    if (this.#fault?.kind === 'timeout') return;
    if (!this.#server.write(chunk)) this.#client.pause();
  }

  #answer(chunk: Buffer): void {
    const fault = this.#fault;
    switch (fault?.kind) {
      case 'timeout':
        return;
      case 'replies-lost':
        this.#isBroken = true;
        return;
      case 'limit-data': {
        const rest = chunk.subarray(0, fault.bytes - this.#passed);
        this.#passed += rest.length;
        this.#client.write(rest, () => {
          // Once the last byte is on its way; a reset would overtake it.
          if (this.#passed >= fault.bytes) this.end(fault.by ?? 'close');
        });
        return;
      }
      case 'latency':
      case 'reset-peer':
      case undefined:
        this.#later(() => {
          if (!this.#client.write(chunk)) this.#server.pause();
        });
    }
  }

  /** In turn, and as late as the fault has it. */
  #later(send: () => void): void {
    const fault = this.#fault?.kind === 'latency' ? this.#fault : undefined;
    if (fault === undefined && this.#waiting.length === 0) {
      send();
      return;
    }
    const delay = fault === undefined ? 0 : fault.ms + Math.random() * (fault.jitterMs ?? 0);
    this.#waiting.push({ send, leavesAt: performance.now() + delay });
    if (this.#waiting.length === 1) this.#sendWhenDue();
  }

  #sendWhenDue(): void {
    const next = this.#waiting[0];
    if (next === undefined) return;
    setTimeout(() => {
      next.send();
      this.#waiting.shift();
      this.#sendWhenDue();
    }, next.leavesAt - performance.now());
  }
}
