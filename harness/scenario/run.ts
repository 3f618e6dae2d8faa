import type { Redis } from 'ioredis';
import type { Cell, Observation } from '../../catalog/evidence/schema.ts';
import type { BrokerNeed } from '../lab/brokers/need.ts';
import type { Json, WorkerOptions } from '../lab/engines/engine-programs.ts';
import type { Clock } from '../lab/faults/clock.ts';
import type { Limits } from '../lab/faults/limits.ts';
import type { SmallDisk } from '../lab/faults/small-disk.ts';
import type { Exit } from '../lab/platforms/platform.ts';
import type { Breaking, OutageOptions, ScenarioBroker, ScenarioServer } from './broker-control.ts';

/** A started program of a scenario. `await using` stops it together with every process it started. */
export interface Actor extends AsyncDisposable {
  readonly name: string;
  /** Undefined for actors inside a container. */
  readonly pid: number | undefined;
  /** What it has printed so far on stdout and stderr, without the name in front. */
  readonly lines: readonly string[];
  /** Undefined while it runs. */
  readonly exit: Exit | undefined;
  /** True once a printed line contains the text; false if it ended first or the deadline (default 20 s, under Wine 60 s) passed. */
  printed(text: string, deadlineMs?: number): Promise<boolean>;
  /** Its exit, or undefined if it still runs at the deadline (default 20 s, under Wine 60 s). */
  ended(deadlineMs?: number): Promise<Exit | undefined>;
  /**
   * Asks it to end (SIGTERM), and ends it with its descendants if it has not within 10 s. On Windows,
   * native or under Wine, there is no asking: it is ended at once, as by `kill`. An actor that must
   * end in an orderly way everywhere needs a way of its own to be told, such as a message.
   */
  stop(): Promise<void>;
  /** Ends it and its descendants at once (SIGKILL), as a power cut would. */
  kill(): Promise<void>;
}

export interface ActorOptions {
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** The name in the log. Default: the file's name without its ending. */
  name?: string;
  /** What it may use, with all that it starts. Default: whatever there is. */
  limits?: Limits;
  /** A text of its log to wait for. Default: none, the actor is returned as soon as it runs. */
  until?: string;
  /** How long to wait for `until`. Default: 20 s, under Wine 60 s. */
  deadlineMs?: number;
}

export interface SubmitOptions {
  /** What a working run returns. */
  expect: Json;
  /** How long to await the result before the job counts as pending. Default: 20 s, under Wine 60 s. */
  deadlineMs?: number;
  /**
   * Looked at while the result is awaited. Once it tells what makes waiting on pointless ("four more
   * children had died"), the job counts as pending at once. Default: none, the deadline alone ends the wait.
   */
  giveUp?: () => string | undefined;
}

/**
 * One run of one claim in one cell. A scenario drives actors through it and never asserts:
 * what should happen stands in the write-up.
 */
export interface Run {
  readonly cell: Cell;
  /** The run's broker, and the faults that can be imposed on it. */
  readonly broker: ScenarioBroker;
  /** A client for looking into the broker. Throws where the broker is not Redis or Valkey. */
  readonly redis: Redis;
  /** Starts the engine's worker with the cell's version, pool and launch. A worker that dies is an observation, never an exception. */
  worker(options?: WorkerOptions): Promise<Actor>;
  /** Starts any program of ./actors: `.py` with the engine's Python, `.mjs`, `.js`, `.cjs` and `.ts` with Node. */
  actor(file: string, options?: ActorOptions): Promise<Actor>;
  /**
   * Sends a job from a client program and awaits its result. A Celery task is named `module.task`, a BullMQ job `queue.job`.
   *
   * @returns the job as it was noted.
   */
  submit(
    task: string,
    args: readonly Json[],
    options: SubmitOptions,
  ): Promise<Observation['jobs'][number]>;
  /** Adds a job whose fate the scenario learnt in its own way, from an actor's answer say. */
  job(job: Observation['jobs'][number]): void;
  /** Notes something seen; `expect.facts` of the write-up speaks of it by this name. */
  fact(name: string, value: string | number | boolean): void;
  /** A free port of this machine. */
  port(): Promise<number>;
  /** As `broker.broken`: imposes a fault for as long as what it returns is not disposed of. */
  broken(...fault: Breaking): Promise<AsyncDisposable>;
  /** As `broker.outage`: a fault that lasts so long, and whose duration is what the claim is about. */
  outage(options: OutageOptions): Promise<void>;
  /** As `broker.failover`: has a replica become the primary. */
  failover(): Promise<void>;
  /**
   * Stops an actor in its tracks with all that it started, as a machine that is suspended does, until what
   * it returns is disposed of: `await using _ = await run.frozen(worker)`.
   *
   * @throws NotRun on Windows and where actors are no processes of this machine.
   */
  frozen(actor: Actor): Promise<AsyncDisposable>;
  /**
   * A clock that jumps, for the actors that get `clock.env` in their environment.
   *
   * @throws NotRun where there is no libfaketime, and where actors are no processes of this machine.
   */
  clock(): Promise<Clock>;
  /**
   * A disk in memory that can be filled, for actors that are told its folder. `await using` takes it away.
   *
   * @param megabytes its size.
   * @throws NotRun unless this is Linux and we are root.
   */
  smallDisk(megabytes: number): Promise<SmallDisk>;
  /**
   * Starts a further Redis or Valkey, by the same rungs as the broker. It goes with the run at the latest.
   *
   * @param options as a claim's `run` asks for its broker. Default: any version, one server, nothing set.
   * @throws NotRun where it cannot be had.
   */
  redisServer(options?: Partial<Omit<BrokerNeed, 'kind'>>): Promise<ScenarioServer>;
}

/** Tells how one claim is put to the test; what it returns is nobody's business. */
export type Scenario = (run: Run) => Promise<unknown>;
