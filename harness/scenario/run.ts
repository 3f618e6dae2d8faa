import type { Redis } from 'ioredis';
import type { Cell, ObservedJob } from '../../catalog/evidence/schema.ts';
import type { BrokerNeed } from '../lab/brokers/need.ts';
import type {
  JobArguments,
  Json,
  SendOptions,
  WorkerOptions,
} from '../lab/engines/engine-programs.ts';
import type { Clock } from '../lab/faults/clock.ts';
import type { Limits } from '../lab/faults/limits.ts';
import type { SmallDisk } from '../lab/faults/small-disk.ts';
import type { Exit } from '../lab/platforms/platform.ts';
import type { Breaking, OutageOptions, ScenarioBroker, ScenarioServer } from './broker-control.ts';

/**
 * One run of one claim in one cell. A scenario drives actors through it and never asserts: what should
 * happen stands in the write-up. Nothing that goes wrong in an actor or a job is an exception.
 */
export interface Run extends Programs, Jobs, Watching, Notes, Faults {
  readonly cell: Cell;
  /** The run's broker, and the faults that can be imposed on it. */
  readonly broker: ScenarioBroker;
  /** A client for looking into the broker. Throws where the broker is not Redis or Valkey. */
  readonly redis: Redis;
  /** A free port of this machine. */
  port(): Promise<number>;
}

/** Tells how one claim is put to the test; what it returns is nobody's business. */
export type Scenario = (run: Run) => Promise<unknown>;

/** Every deadline is 20 s unless told otherwise, under Wine three times that; negative waits are not stretched. */
interface Deadline {
  deadlineMs?: number;
}

/** What is looked for in printed lines: a part of a line, or a pattern that a line matches. */
export type Text = string | RegExp;

export interface Programs {
  /** Starts the engine's worker with the cell's version, pool and launch, and waits until it takes jobs. */
  worker(options?: WorkerOptions): Promise<Actor>;
  /** Starts so many workers at once, called `worker-1`, `worker-2` … or by the name of the options. */
  workers(count: number, options?: WorkerOptions): Promise<Actor[]>;
  /** Starts any program of ./actors: `.py` with the engine's Python, `.mjs`, `.js`, `.cjs` and `.ts` with Node. */
  actor(file: string, options?: ActorOptions): Promise<Actor>;
  /**
   * Puts an empty file of this name into the folder that all actors work in, so that whatever waits for
   * it goes on: pool children too, which have no input to be told by.
   */
  flag(name: string): Promise<void>;
}

export interface ActorOptions extends Deadline {
  args?: readonly string[];
  /** Options of the interpreter, before the file: `['--max-old-space-size=64']`. */
  flags?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** The name in the log. Default: the file's name without its ending. */
  name?: string;
  /** What it may use, with all that it starts. Default: whatever there is. */
  limits?: Limits;
  /** What of its log to wait for. Default: nothing, the actor is returned as soon as it runs. */
  until?: Text;
}

/** A started program of a scenario. `await using` stops it together with every process it started. */
export interface Actor extends AsyncDisposable {
  readonly name: string;
  /** Undefined for actors inside a container. */
  readonly pid: number | undefined;
  /** What it has printed so far on stdout and stderr, without the name in front. */
  readonly lines: readonly string[];
  /** Undefined while it runs. */
  readonly exit: Exit | undefined;
  /** True once so many printed lines (default 1) show the text; false if it ended first or the deadline passed. */
  printed(text: Text, wait?: number | (Deadline & { times?: number })): Promise<boolean>;
  /** What it printed as JSON under this name: of the last line that is an object with it. Undefined as for `printed`. */
  json(name: string, deadlineMs?: number): Promise<Json | undefined>;
  /** Its exit, or undefined if it still runs at the deadline. */
  ended(deadlineMs?: number): Promise<Exit | undefined>;
  /** Writes a line to its standard input. It answers by printing. */
  tell(line: string): Promise<void>;
  /** Suspends it with everything it started, as a machine that sleeps; not on Windows. */
  freeze(): Promise<void>;
  /** Lets it go on after `freeze`. */
  resume(): Promise<void>;
  /** Sends it, and none of its children, a signal; not on Windows. That it ends of it counts for no failure. */
  signal(name: NodeJS.Signals): Promise<void>;
  /**
   * Asks it to end (SIGTERM), and ends it with its descendants if it has not within 10 s. On Windows,
   * native or under Wine, there is no asking: it is ended at once, as by `kill`. An actor that must
   * end in an orderly way everywhere needs a way of its own to be told, such as `tell`.
   */
  stop(): Promise<void>;
  /** Ends it and its descendants at once (SIGKILL), as a power cut would. */
  kill(): Promise<void>;
}

export interface Jobs {
  /**
   * Sends a job from a client program, awaits its result and notes it. A Celery task is named
   * `module.task`, a BullMQ job `queue.job`.
   *
   * @returns the job as it was noted.
   */
  submit(task: string, args: JobArguments, options: SendOptions & Awaiting): Promise<ObservedJob>;
  /** Sends a job and does not wait. It is noted when it is `settled`, or at once if it could not be sent. */
  add(task: string, args: JobArguments, options?: SendOptions & Deadline): Promise<SentJob>;
  /** Sends many jobs from one client, and returns their ids; none, and a failed job is noted, if that failed. */
  addBulk(
    task: string,
    args: readonly JobArguments[],
    options?: SendOptions & Deadline,
  ): Promise<string[]>;
  /**
   * Has a program of ./actors send a job in its own way, and notes what it tells: a line of JSON such as
   * `{"state": "completed", "result": 4}`, `{"state": "failed", "error": "…"}` or `{"state": "pending"}`.
   * Whatever else that line tells is noted as facts. It is given the deadline from its start on.
   */
  submitBy(file: string, options: ActorOptions & Awaiting & { job: string }): Promise<ObservedJob>;
  /** Notes a job whose fate the scenario learnt in yet another way. */
  job(job: ObservedJob): void;
  /** How many jobs of a queue are in which state (BullMQ: `waiting`, `active`, `failed` …; Celery: `waiting`, `unacknowledged`). */
  counts(queue: string): Promise<Record<string, number>>;
}

export interface Awaiting extends Deadline {
  /** What a working run returns; `null` for a job that returns nothing. */
  expect: Json;
  /**
   * Looked at while the result is awaited. Once it tells what makes waiting on pointless ("four more
   * children had died"), the job counts as pending at once. Default: none, the deadline alone ends the wait.
   */
  giveUp?: () => string | undefined;
}

export interface SentJob {
  /** Empty if it could not be sent. */
  readonly id: string;
  /** Awaits its result, and notes it. */
  settled(options: Awaiting): Promise<ObservedJob>;
}

interface Watching {
  /** True once the condition holds, false if it does not by the deadline. */
  until(condition: () => boolean | Promise<boolean>, wait?: Deadline): Promise<boolean>;
  /**
   * True if the condition has not held for so long, false as soon as it does. The time counts as a wait
   * in vain, which no faster machine shortens.
   */
  never(condition: () => boolean | Promise<boolean>, forMs: number): Promise<boolean>;
  /** True once so many lines (default 1) of these actors (default: all) show the text; false if all ended first, or at the deadline. */
  printed(
    text: Text,
    wait?: Deadline & { times?: number; of?: readonly Actor[] },
  ): Promise<boolean>;
  /** How many lines of these actors (default: all) show the text so far. */
  count(text: Text, of?: readonly Actor[]): number;
}

export interface Notes {
  /** Notes something seen; `expect.facts` of the write-up speaks of it by this name. */
  fact(name: string, value: string | number | boolean): void;
  /**
   * Notes what stands in an object, such as one that an actor printed; of anything else, nothing. Values
   * that are no text, number or boolean are noted as JSON.
   */
  facts(named: Readonly<Record<string, Json | undefined>> | Json | undefined): void;
  /** Waits until an actor has ended, and notes all that it printed as lines of JSON. */
  factsFrom(actor: Actor, deadlineMs?: number): Promise<Record<string, Json>>;
}

interface Faults {
  /** As `broker.broken`: imposes a fault for as long as what it returns is not disposed of. */
  broken(...fault: Breaking): Promise<AsyncDisposable>;
  /** As `broker.outage`: a fault that lasts so long, and whose duration is what the claim is about. */
  outage(options: OutageOptions): Promise<void>;
  /** As `broker.failover`: has a replica become the primary. */
  failover(): Promise<void>;
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
