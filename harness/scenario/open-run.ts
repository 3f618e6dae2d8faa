import getPort from 'get-port';
import type { Redis } from 'ioredis';
import type { Cell, Observation } from '../../catalog/evidence/schema.ts';
import type { Broker } from '../lab/brokers/broker.ts';
import type { BrokerNeed } from '../lab/brokers/need.ts';
import { enginePrograms } from '../lab/engines/programs.ts';
import type { Host, Program, StartedProgram } from '../lab/platforms/platform.ts';
import { StartedActor } from './actor.ts';
import { BrokerControl } from './broker-control.ts';
import { ProcessFaults } from './process-faults.ts';
import type { Limits } from '../lab/faults/limits.ts';
import type { RunFolder } from '../lab/sweep/run-folder.ts';
import { LineBuffer } from '../lab/line-buffer.ts';
import { NotRun } from '../lab/not-run.ts';
import { plainly } from '../lab/brokers/need.ts';
import type { OpenServer, ScenarioServer } from './broker-control.ts';
import type { Actor, ActorOptions, Run, SubmitOptions } from './run.ts';
import type { Json, WorkerOptions } from '../lab/engines/engine-programs.ts';

/** A client may take this long to start and to tell its answer, beside the deadline of the job. */
const clientSpareMs = 15_000;
/** How long a job may take, and an actor to print what is waited for. */
const spareMs = 20_000;
/** How long a worker may take until it is ready. */
const workerSpareMs = 30_000;
/** A Windows program starts that much slower under Wine, which keeps a busy machine busier. */
const slownessOfWine = 3;

/** What a run has beside its broker and its host. */
interface RunAids {
  readonly folder: RunFolder;
  readonly openServer: OpenServer;
}

/** The run that a scenario is handed; what it gathers is read when the scenario is over. */
export class OpenRun implements Run, AsyncDisposable {
  readonly cell: Cell;
  readonly broker: BrokerControl;
  readonly jobs: Observation['jobs'] = [];
  readonly facts: Observation['facts'] = {};
  readonly commands: string[] = [];
  readonly log = new LineBuffer();
  readonly #host: Host;
  readonly #openServer: OpenServer | undefined;
  readonly #faults: ProcessFaults;
  readonly #servers: BrokerControl[] = [];
  readonly #actors: StartedActor[] = [];
  readonly #programs: StartedProgram[] = [];
  #settledAt = performance.now();
  #isOver = false;

  /**
   * @param aids its folder, and what opens further brokers; left out where it needs neither.
   */
  constructor(cell: Cell, broker: Broker, host: Host, aids?: RunAids) {
    this.cell = cell;
    this.broker = new BrokerControl(broker, () => this.#programs.length > 0);
    this.#host = host;
    this.#openServer = aids?.openServer;
    this.#faults = new ProcessFaults(host, aids?.folder);
  }

  get redis(): Redis {
    return this.broker.redis;
  }

  /** When the fate of the last job was known, on the clock of `performance.now()`. */
  get settledAt(): number {
    return this.#settledAt;
  }

  /** Actors that ended without having been asked to. */
  get exits(): Observation['exits'] {
    return this.#actors.flatMap(({ name, exit, dismissed }) =>
      exit === undefined || dismissed ? [] : { actor: name, ...exit },
    );
  }

  async worker(options: WorkerOptions = {}): Promise<Actor> {
    const programs = enginePrograms[this.cell.engine];
    const {
      name = 'worker',
      until = 'ready',
      deadlineMs = workerSpareMs * this.#slowness,
    } = options;
    const actor = await this.#start({
      name,
      ...programs.worker(this.cell, options),
      env: { ...programs.worker(this.cell, options).env, ...options.env },
      limits: options.limits,
    });
    if (until === 'exit') await actor.ended(deadlineMs);
    else await actor.printed(programs.readyText, deadlineMs);
    return actor;
  }

  async actor(file: string, options: ActorOptions = {}): Promise<Actor> {
    const { args = [], env = {}, name = file.replace(/\.\w+$/, ''), limits } = options;
    const { until, deadlineMs } = options;
    const actor = await this.#start({ name, arguments: [file, ...args], env, limits });
    if (until !== undefined) await actor.printed(until, deadlineMs);
    return actor;
  }

  async submit(
    task: string,
    args: readonly Json[],
    { expect, deadlineMs = this.#spareMs, giveUp }: SubmitOptions,
  ): Promise<Observation['jobs'][number]> {
    const name = `${task}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;
    const programs = enginePrograms[this.cell.engine];
    const program = { env: {}, ...programs.client(task, args, deadlineMs), name: 'client' };
    const output = new LineBuffer();
    const started = await this.#launch(program, (line) => {
      output.add(line);
    });
    const actor = new StartedActor('client', started, output, this.#spareMs);
    let givenUp: string | undefined;
    await actor.until(
      () => {
        givenUp = giveUp?.();
        return actor.exit !== undefined || givenUp !== undefined;
      },
      deadlineMs + clientSpareMs * this.#slowness,
    );
    await actor.kill();
    const answer = output.lines.findLast((line) => line.startsWith('{"state"'));
    for (const line of output.lines) if (line !== answer) this.log.add(`client | ${line}`);
    const fate = answer
      ? (JSON.parse(answer) as Pick<Observation['jobs'][number], 'state'>)
      : givenUp === undefined
        ? ({ state: 'pending', error: 'the client gave no answer' } as const)
        : ({ state: 'pending', givenUp } as const);
    const job = { name, expected: expect, ...fate };
    this.job(job);
    return job;
  }

  job(job: Observation['jobs'][number]): void {
    this.#settledAt = performance.now();
    this.jobs.push(job);
  }

  fact(name: string, value: string | number | boolean): void {
    this.facts[name] = value;
  }

  port(): Promise<number> {
    return getPort({ host: '127.0.0.1' });
  }

  frozen: Run['frozen'] = ({ pid }) => this.#faults.frozen(pid);
  clock: Run['clock'] = () => this.#faults.clock();
  smallDisk: Run['smallDisk'] = (megabytes) => this.#faults.smallDisk(megabytes);
  broken: Run['broken'] = (...fault) => this.broker.broken(...fault);
  outage: Run['outage'] = (options) => this.broker.outage(options);
  failover: Run['failover'] = () => this.broker.failover();

  async redisServer(options: Partial<Omit<BrokerNeed, 'kind'>> = {}): Promise<ScenarioServer> {
    this.#refuseWhenOver();
    const need = { ...plainly('redis'), ...options };
    if (this.#openServer === undefined) throw new Error('This run has no further servers.');
    const server = new BrokerControl(await this.#openServer(need));
    this.#servers.push(server);
    if (this.#isOver) await server[Symbol.asyncDispose]();
    this.#refuseWhenOver();
    return server;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.broker.disconnect();
    this.#isOver = true;
    await Promise.all(this.#programs.map((program) => program.kill()));
    await Promise.all(this.#servers.map((server) => server[Symbol.asyncDispose]()));
    await this.#faults[Symbol.asyncDispose]();
  }

  get #spareMs(): number {
    return spareMs * this.#slowness;
  }

  get #slowness(): number {
    return this.cell.platform === 'wine' ? slownessOfWine : 1;
  }

  async #start({
    limits,
    ...unlimited
  }: Program & { limits: Limits | undefined }): Promise<StartedActor> {
    const output = new LineBuffer();
    const program = await this.#faults.within(limits, unlimited);
    const started = await this.#launch(program, (line) => {
      output.add(line);
      this.log.add(`${program.name} | ${line}`);
    });
    const actor = new StartedActor(program.name, started, output, this.#spareMs);
    this.#actors.push(actor);
    return actor;
  }

  async #launch(program: Program, onLine: (line: string) => void): Promise<StartedProgram> {
    this.#refuseWhenOver();
    const command = this.#host.describe(program);
    if (!this.commands.includes(command)) this.commands.push(command);
    const url = this.#host.sharesNetwork ? this.broker.url : this.broker.urlInside;
    if (url === undefined) {
      throw new NotRun(
        `a container cannot reach the ${this.broker.how} broker; type: --broker container`,
      );
    }
    const env = {
      BROKER_URL: url,
      ...this.broker.env,
      ...enginePrograms[this.cell.engine].env(url),
      ...program.env,
    };
    const started = await this.#host.start({ ...program, env }, onLine);
    this.#programs.push(started);
    if (this.#isOver) await started.kill();
    this.#refuseWhenOver();
    return started;
  }

  /** A scenario that ran into its deadline goes on by itself; what it starts then nobody would stop. */
  #refuseWhenOver(): void {
    if (this.#isOver) throw new Error('the run is over');
  }
}
