import getPort from 'get-port';
import { Redis } from 'ioredis';
import type { Cell, Observation } from '../../catalog/evidence/schema.ts';
import type { Broker } from '../lab/brokers/broker.ts';
import { enginePrograms } from '../lab/engines/programs.ts';
import type { LineBuffer } from '../lab/line-buffer.ts';
import type { Host } from '../lab/platforms/platform.ts';
import { OpenJobs } from './open-jobs.ts';
import { OpenPrograms } from './open-programs.ts';
import type { Actor, Run, Text } from './run.ts';
import { allObjects, countLines, holdsWithin } from './waits.ts';

/** The run that a scenario is handed; what it gathers is read when the scenario is over. */
export class OpenRun implements Run, AsyncDisposable {
  readonly cell: Cell;
  readonly broker: Broker;
  readonly factsSeen: Observation['facts'] = {};
  readonly #programs: OpenPrograms;
  readonly #jobs: OpenJobs;
  #redis: Redis | undefined;
  #waitedInVainMs = 0;

  constructor(cell: Cell, broker: Broker, host: Host) {
    this.cell = cell;
    this.broker = broker;
    this.#programs = new OpenPrograms(cell, broker, host);
    this.#jobs = new OpenJobs(this.#programs, (named) => {
      this.facts(named);
    });
  }

  get redis(): Redis {
    if (this.broker.kind !== 'redis' && this.broker.kind !== 'valkey') {
      throw new Error(`run.redis: the broker is ${this.broker.kind}. Write "needs: redis".`);
    }
    this.#redis ??= new Redis(this.broker.url, { maxRetriesPerRequest: 1 }).on(
      'error',
      // Commands reject by themselves; a scenario that breaks the broker expects the connection to go.
      () => undefined,
    );
    return this.#redis;
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

  breakBroker: Run['breakBroker'] = (fault) => this.broker.break(fault);
  mendBroker: Run['mendBroker'] = () => this.broker.mend();

  async [Symbol.asyncDispose](): Promise<void> {
    this.#redis?.disconnect();
    await this.#programs[Symbol.asyncDispose]();
  }
}
