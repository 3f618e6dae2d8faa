import type { Fault } from './fault.ts';
import { isNetworkFault, TcpProxy, type NetworkFault } from './tcp-proxy.ts';

/** Takes a fault away. */
export type Undo = () => Promise<void>;

/** The faults that a server itself shows, not the way to it. */
export type ServerFault = Exclude<Fault, NetworkFault>;

interface Address {
  readonly host: string;
  readonly port: number;
}

/** A server with the fault that is imposed on it, one at a time, and the proxy before it if there is one. */
export class Breakable implements AsyncDisposable {
  readonly #address: Address;
  readonly #impose: (fault: ServerFault) => Promise<Undo>;
  #proxy: TcpProxy | undefined;
  #undo: Undo | undefined;

  /** @param impose imposes a fault on the server, and returns what takes it away. */
  constructor(address: Address, impose: (fault: ServerFault) => Promise<Undo>) {
    this.#address = address;
    this.#impose = impose;
  }

  /** Where clients of this machine find it: the proxy's if there is one. */
  get port(): number {
    return this.#proxy?.port ?? this.#address.port;
  }

  get isProxied(): boolean {
    return this.#proxy !== undefined;
  }

  get isBroken(): boolean {
    return this.#undo !== undefined;
  }

  async throughProxy(): Promise<void> {
    if (this.#proxy !== undefined) return;
    const proxy = new TcpProxy(this.#address);
    await proxy.open();
    this.#proxy = proxy;
  }

  /** Imposes a fault in place of the one there was. */
  async break(fault: Fault): Promise<void> {
    await this.restore();
    if (isNetworkFault(fault)) {
      const proxy = this.#requireProxy(fault);
      proxy.impose(fault);
      this.#undo = () => {
        proxy.clear();
        return Promise.resolve();
      };
      return;
    }
    // Nobody listens where nobody answers.
    if (fault.kind === 'down') await this.#proxy?.close();
    const undo = await this.#impose(fault);
    this.#undo = async () => {
      await undo();
      if (fault.kind === 'down') await this.#proxy?.open();
    };
  }

  async restore(): Promise<void> {
    const undo = this.#undo;
    this.#undo = undefined;
    await undo?.();
  }

  /** Remembers what else is to be taken away, a failover's loss say. */
  async breakBy(action: () => Promise<Undo>): Promise<void> {
    await this.restore();
    this.#undo = await action();
  }

  /** Takes the fault away, without which a server may not be ended, and then the proxy. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.restore();
    } finally {
      await this.#proxy?.close();
    }
  }

  #requireProxy({ kind }: NetworkFault): TcpProxy {
    if (this.#proxy !== undefined) return this.#proxy;
    throw new Error(
      `${kind} is a fault of the network, and needs a proxy in the path. Write "await run.broker.throughProxy()" before the first actor.`,
    );
  }
}
