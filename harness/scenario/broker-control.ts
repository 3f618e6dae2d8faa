import type { Redis } from 'ioredis';
import type { Evidence } from '../../catalog/evidence/schema.ts';
import type { Broker, BrokerChoices, RunBroker } from '../lab/brokers/broker.ts';
import { chooseBroker } from '../lab/brokers/choose.ts';
import type { BrokerNeed } from '../lab/brokers/need.ts';
import { openChosen } from '../lab/brokers/open.ts';
import type { Fault, FaultKind } from '../lab/faults/fault.ts';
import { currentWorkspace } from '../lab/sweep/current-workspace.ts';
import type { Workspace } from '../lab/sweep/workspace.ts';

type OptionsOf<Kind extends FaultKind> = Omit<Extract<Fault, { kind: Kind }>, 'kind'>;

/** A fault: `{ kind: 'latency', ms: 500 }`, or its kind with its options, `'latency', { ms: 500 }`. */
export type Breaking =
  | [fault: Fault]
  | {
      [Kind in FaultKind]: Partial<OptionsOf<Kind>> extends OptionsOf<Kind>
        ? [kind: Kind, options?: OptionsOf<Kind>]
        : [kind: Kind, options: OptionsOf<Kind>];
    }[FaultKind];

export interface OutageOptions {
  /** How long, in milliseconds. */
  readonly lastsMs: number;
  /** What befalls the broker. Default: it is down, and comes back with its data. */
  readonly fault?: Fault;
}

/** A broker as a scenario sees it. */
export interface ScenarioBroker extends RunBroker {
  /** A client for looking into it, which may do everything. Throws where it is not Redis or Valkey. */
  readonly redis: Redis;
  /**
   * Imposes a fault, in place of the one there was (lab/faults/fault.ts has them all).
   *
   * @throws NotRun for a broker that is not ours to break, and where the fault cannot be had.
   */
  break(...fault: Breaking): Promise<void>;
  /** Takes the fault away, and waits until the broker answers. */
  restore(): Promise<void>;
  /** Imposes a fault until what it returns is disposed of: `await using _ = await run.broken('down')`. */
  broken(...fault: Breaking): Promise<AsyncDisposable>;
  /**
   * Imposes a fault, waits that long, and takes it away. For faults whose duration is what the claim is
   * about; whatever else is waited for is waited for by a condition.
   */
  outage(options: OutageOptions): Promise<void>;
  /**
   * Has a replica become the primary, and waits until it has. With Sentinel the primary is killed, and
   * `restore` brings it back; without, the old primary becomes the replica.
   */
  failover(): Promise<void>;
  /**
   * Puts a proxy before the broker, which faults of the network need; `url` is the proxy's from then on.
   * To be called before the first actor is started.
   */
  throughProxy(): Promise<void>;
}

/** A further server of a scenario. `await using` stops it. */
export type ScenarioServer = ScenarioBroker & AsyncDisposable;

/** Opens a further broker of a run. */
export type OpenServer = (need: BrokerNeed) => Promise<Broker>;

/** Opens further brokers by the rungs that the run's own is had by. */
export function serverOpener({ asked }: BrokerChoices, workspace: Workspace): OpenServer {
  return async (need) => {
    const choice = await currentWorkspace.run(workspace, () =>
      chooseBroker(asked, need, () => undefined),
    );
    return openChosen(need, choice, workspace);
  };
}

/** Drives a broker for a scenario. */
export class BrokerControl implements ScenarioServer {
  readonly #broker: Broker;
  readonly #hasPrograms: () => boolean;
  #redis: Redis | undefined;

  /** @param hasPrograms whether programs have been told its URL already. */
  constructor(broker: Broker, hasPrograms: () => boolean = () => false) {
    this.#broker = broker;
    this.#hasPrograms = hasPrograms;
  }

  get kind(): RunBroker['kind'] {
    return this.#broker.kind;
  }
  get how(): RunBroker['how'] {
    return this.#broker.how;
  }
  get version(): string {
    return this.#broker.version;
  }
  get topology(): RunBroker['topology'] {
    return this.#broker.topology;
  }
  get tls(): boolean {
    return this.#broker.tls;
  }
  get config(): RunBroker['config'] {
    return this.#broker.config;
  }
  get url(): string {
    return this.#broker.url;
  }
  get host(): string {
    return this.#broker.host;
  }
  get port(): number {
    return this.#broker.port;
  }
  get nodes(): RunBroker['nodes'] {
    return this.#broker.nodes;
  }
  get certificateAuthority(): string | undefined {
    return this.#broker.certificateAuthority;
  }
  get urlInside(): string | undefined {
    return this.#broker.urlInside;
  }
  get env(): Readonly<Record<string, string>> {
    return this.#broker.env;
  }

  /** What evidence says of it; what goes without saying is left out. */
  get facts(): Evidence['broker'] {
    const { kind, how, version, topology, tls, config } = this.#broker;
    return {
      ...{ kind, how, version },
      ...(topology !== 'single' && { topology }),
      ...(tls && { tls }),
      ...(Object.keys(config).length > 0 && { config }),
    };
  }

  get redis(): Redis {
    this.#redis ??= this.#broker.connect();
    return this.#redis;
  }

  break(...fault: Breaking): Promise<void> {
    return this.#broker.break(faultOf(fault));
  }

  restore(): Promise<void> {
    return this.#broker.restore();
  }

  async broken(...fault: Breaking): Promise<AsyncDisposable> {
    await this.break(...fault);
    return { [Symbol.asyncDispose]: () => this.restore() };
  }

  async outage({
    lastsMs,
    fault = { kind: 'down', keepData: true },
  }: OutageOptions): Promise<void> {
    await this.break(fault);
    await new Promise((resolve) => {
      setTimeout(resolve, lastsMs);
    });
    await this.restore();
  }

  failover(): Promise<void> {
    return this.#broker.failover();
  }

  async throughProxy(): Promise<void> {
    if (this.#hasPrograms()) {
      throw new Error(
        'throughProxy: programs have the URL already. Call it before the first actor.',
      );
    }
    await this.#broker.throughProxy();
  }

  /** Ends the scenario's own connection to it. */
  disconnect(): void {
    this.#redis?.disconnect();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.disconnect();
    await this.#broker[Symbol.asyncDispose]();
  }
}

function faultOf([first, options]: Breaking): Fault {
  return typeof first === 'object' ? first : ({ kind: first, ...options } as Fault);
}
