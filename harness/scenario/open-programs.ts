import type { Cell, Observation } from '../../catalog/evidence/schema.ts';
import type { Broker } from '../lab/brokers/broker.ts';
import type { WorkerOptions } from '../lab/engines/engine-programs.ts';
import { enginePrograms } from '../lab/engines/programs.ts';
import { LineBuffer } from '../lab/line-buffer.ts';
import { NotRun } from '../lab/not-run.ts';
import type { Limits } from '../lab/faults/limits.ts';
import type { Host, Program, StartedProgram } from '../lab/platforms/platform.ts';
import { StartedActor } from './actor.ts';
import type { ProcessFaults } from './process-faults.ts';
import type { ActorOptions, Programs } from './run.ts';

/** How long a job may take, and an actor to print what is waited for. */
const spareMs = 20_000;
/** How long a worker may take until it is ready. */
const workerSpareMs = 30_000;
/** A Windows program starts that much slower under Wine, which keeps a busy machine busier. */
const slownessOfWine = 3;

/** The programs of one run. Disposing of it ends all of them. */
export class OpenPrograms implements Programs, AsyncDisposable {
  readonly cell: Cell;
  readonly commands: string[] = [];
  readonly log = new LineBuffer();
  readonly actors: StartedActor[] = [];
  readonly workersStarted: StartedActor[] = [];
  readonly #broker: Broker;
  readonly #host: Host;
  readonly #faults: ProcessFaults;
  readonly #programs: StartedProgram[] = [];
  #isOver = false;

  constructor(cell: Cell, broker: Broker, host: Host, faults: ProcessFaults) {
    this.#faults = faults;
    this.cell = cell;
    this.#broker = broker;
    this.#host = host;
  }

  /** Whether any program has been started. */
  get hasPrograms(): boolean {
    return this.#programs.length > 0;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get slowness(): number {
    return this.cell.platform === 'wine' ? slownessOfWine : 1;
  }

  get spareMs(): number {
    return spareMs * this.slowness;
  }

  /** Actors that ended without having been asked to. */
  get exits(): Observation['exits'] {
    return this.actors.flatMap(({ name, exit, dismissed }) =>
      exit === undefined || dismissed ? [] : { actor: name, ...exit },
    );
  }

  async worker(options: WorkerOptions = {}): Promise<StartedActor> {
    const programs = enginePrograms[this.cell.engine];
    const { name = 'worker', until = 'ready' } = options;
    const { deadlineMs = workerSpareMs * this.slowness } = options;
    const start = programs.worker(this.cell, options);
    const env = { ...start.env, ...options.env };
    const actor = await this.start({ name, ...start, env }, options.limits);
    this.workersStarted.push(actor);
    if (until === 'exit') await actor.ended(deadlineMs);
    else await actor.printed(programs.readyText, deadlineMs);
    return actor;
  }

  workers(count: number, options: WorkerOptions = {}): Promise<StartedActor[]> {
    const { name = 'worker' } = options;
    const numbers = Array.from({ length: count }, (_, index) => index + 1);
    return Promise.all(
      numbers.map((number) => this.worker({ ...options, name: `${name}-${number}` })),
    );
  }

  async actor(file: string, options: ActorOptions = {}): Promise<StartedActor> {
    const { args = [], flags = [], env = {}, name = file.replace(/\.\w+$/, '') } = options;
    const program = { name, arguments: [...flags, file, ...args], env };
    const actor = await this.start(program, options.limits);
    if (options.until !== undefined) await actor.printed(options.until, options.deadlineMs);
    return actor;
  }

  flag(name: string): Promise<void> {
    this.refuseWhenOver();
    return this.#host.flag(name);
  }

  /** Starts a program as an actor: what it prints is logged, and how it ends is observed. */
  async start(unlimited: Program, limits?: Limits): Promise<StartedActor> {
    const program = await this.#faults.within(limits, unlimited);
    const actor = await this.launch(program, (line) => {
      this.log.add(`${program.name} | ${line}`);
    });
    this.actors.push(actor);
    return actor;
  }

  /** Starts a program that is none of the scenario's. */
  async launch(
    program: Program,
    onLine: (line: string) => void = () => undefined,
  ): Promise<StartedActor> {
    this.refuseWhenOver();
    const { env, flags = [], files = [] } = enginePrograms[this.cell.engine].forBroker(this.#url);
    const wanted = {
      name: program.name,
      files: [...files, ...(program.files ?? [])],
      arguments: [...flags, ...program.arguments],
      env: { BROKER_URL: this.#url, ...this.#broker.env, ...env, ...program.env },
      ...(program.wrapper && { wrapper: program.wrapper }),
    };
    const command = this.#host.describe(wanted);
    if (!this.commands.includes(command)) this.commands.push(command);
    const output = new LineBuffer();
    const started = await this.#host.start(wanted, (line) => {
      output.add(line);
      onLine(line);
    });
    this.#programs.push(started);
    if (this.#isOver) await started.kill();
    this.refuseWhenOver();
    return new StartedActor(program.name, started, output, this.spareMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#programs.map((program) => program.kill()));
  }

  /** The broker as programs of the host see it. */
  get #url(): string {
    const { url, urlInside, how } = this.#broker;
    const seen = this.#host.sharesNetwork ? url : urlInside;
    if (seen !== undefined) return seen;
    throw new NotRun(`a container cannot reach the ${how} broker; type: --broker container`);
  }

  /** A scenario that ran into its deadline goes on by itself; what it starts then nobody would stop. */
  refuseWhenOver(): void {
    if (this.#isOver) throw new Error('the run is over');
  }
}
