import getPort from 'get-port';
import type { Redis } from 'ioredis';
import type { Cell, Observation } from '../../catalog/evidence/schema.ts';
import type { Broker } from '../lab/brokers/broker.ts';
import { plainly, type BrokerNeed } from '../lab/brokers/need.ts';
import { enginePrograms } from '../lab/engines/programs.ts';
import type { LineBuffer } from '../lab/line-buffer.ts';
import type { Host } from '../lab/platforms/platform.ts';
import type { Workspace } from '../lab/sweep/workspace.ts';
import { BrokerControl, type OpenServer, type ScenarioServer } from './broker-control.ts';
import { OpenJobs } from './open-jobs.ts';
import { OpenPrograms } from './open-programs.ts';
import { ProcessFaults } from './process-faults.ts';
import type { Actor, Run, Text } from './run.ts';
import { allObjects, countLines, holdsWithin } from './waits.ts';

/** What a run has beside its broker and its host. */
interface RunAids {
  readonly folder: Workspace;
  readonly openServer: OpenServer;
}

/** The run that a scenario is handed; what it gathers is read when the scenario is over. */
export class OpenRun implements Run, AsyncDisposable {
  readonly cell: Cell;
  readonly broker: BrokerControl;
  readonly factsSeen: Observation['facts'] = {};
  readonly #programs: OpenPrograms;
  readonly #jobs: OpenJobs;
  readonly #openServer: OpenServer | undefined;
  readonly #servers: BrokerControl[] = [];
  readonly #faults: ProcessFaults;
  #waitedInVainMs = 0;

  /** @param aids its folder, and what opens further brokers; left out where it needs neither. */
  constructor(cell: Cell, broker: Broker, host: Host, aids?: RunAids) {
    this.cell = cell;
    this.#faults = new ProcessFaults(host, aids?.folder);
    this.#programs = new OpenPrograms(cell, broker, host, this.#faults);
    this.broker = new BrokerControl(broker, () => this.#programs.hasPrograms);
    this.#openServer = aids?.openServer;
    this.#jobs = new OpenJobs(this.#programs, (named) => {
      this.facts(named);
    });
  }

  get redis(): Redis {
    return this.broker.redis;
  }

  get jobs(): Observation['jobs'] {
    return this.#jobs.jobs;
  }

  get exits(): Observation['exits'] {
    return this.#programs.exits;
  }

  get commands(): string[] {
    return this.#programs.commands;
  }

  get log(): LineBuffer {
    return this.#programs.log;
  }

  /** When the fate of the last job was known, on the clock of `performance.now()`. */
  get settledAt(): number {
    return this.#jobs.settledAt;
  }

  /** How long was waited for what must not happen, in milliseconds. */
  get waitedInVainMs(): number {
    return Math.round(this.#waitedInVainMs);
  }

  worker: Run['worker'] = (options) => this.#programs.worker(options);
  workers: Run['workers'] = (count, options) => this.#programs.workers(count, options);
  actor: Run['actor'] = (file, options) => this.#programs.actor(file, options);
  flag: Run['flag'] = (name) => this.#programs.flag(name);

  submit: Run['submit'] = (task, args, options) => this.#jobs.submit(task, args, options);
  add: Run['add'] = (task, args, options) => this.#jobs.add(task, args, options);
  addBulk: Run['addBulk'] = (task, args, options) => this.#jobs.addBulk(task, args, options);
  submitBy: Run['submitBy'] = (file, options) => this.#jobs.submitBy(file, options);
  job: Run['job'] = (job) => {
    this.#jobs.job(job);
  };
  counts: Run['counts'] = (queue) => enginePrograms[this.cell.engine].counts(this.redis, queue);

  until: Run['until'] = (condition, { deadlineMs = this.#programs.spareMs } = {}) =>
    holdsWithin(condition, deadlineMs);

  never: Run['never'] = async (condition, forMs) => {
    const since = performance.now();
    const held = await holdsWithin(condition, forMs);
    this.#waitedInVainMs += performance.now() - since;
    return !held;
  };

  printed: Run['printed'] = async (text, wait = {}) => {
    const { times = 1, of = this.#programs.actors, deadlineMs } = wait;
    const found = () => this.count(text, of) >= times;
    const isOver = () => of.every(({ exit }) => exit !== undefined);
    await holdsWithin(() => found() || isOver(), deadlineMs ?? this.#programs.spareMs);
    return found();
  };

  count(text: Text, of: readonly Actor[] = this.#programs.actors): number {
    return of.reduce((sum, { lines }) => sum + countLines(lines, text), 0);
  }

  fact(name: string, value: string | number | boolean): void {
    this.factsSeen[name] = value;
  }

  facts: Run['facts'] = (named) => {
    if (typeof named !== 'object' || named === null) return;
    for (const [name, value] of Object.entries(named)) {
      if (value === undefined) continue;
      this.fact(name, typeof value === 'object' ? JSON.stringify(value) : value);
    }
  };

  factsFrom: Run['factsFrom'] = async (actor, deadlineMs) => {
    await actor.ended(deadlineMs);
    const told = allObjects(actor.lines);
    this.facts(told);
    return told;
  };

  port(): Promise<number> {
    return getPort({ host: '127.0.0.1' });
  }

  broken: Run['broken'] = (...fault) => this.broker.broken(...fault);
  outage: Run['outage'] = (options) => this.broker.outage(options);
  failover: Run['failover'] = () => this.broker.failover();
  clock: Run['clock'] = () => this.#faults.clock();
  smallDisk: Run['smallDisk'] = (megabytes) => this.#faults.smallDisk(megabytes);

  async redisServer(options: Partial<Omit<BrokerNeed, 'kind'>> = {}): Promise<ScenarioServer> {
    this.#programs.refuseWhenOver();
    if (this.#openServer === undefined) throw new Error('This run has no further servers.');
    const server = new BrokerControl(await this.#openServer({ ...plainly('redis'), ...options }));
    this.#servers.push(server);
    if (this.#programs.isOver) await server[Symbol.asyncDispose]();
    this.#programs.refuseWhenOver();
    return server;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.broker.disconnect();
    await this.#programs[Symbol.asyncDispose]();
    await Promise.all(this.#servers.map((server) => server[Symbol.asyncDispose]()));
    await this.#faults[Symbol.asyncDispose]();
  }
}
