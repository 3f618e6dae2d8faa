import type { Redis } from 'ioredis';
import type { Cell, Observation, ObservedJob } from '../../catalog/evidence/schema.ts';
import type { Json, WorkerOptions } from '../lab/engines/engine-programs.ts';
import { enginePrograms } from '../lab/engines/programs.ts';
import type { Actor, ActorOptions, Run, Scenario, SentJob, Text } from '../scenario/run.ts';
import { allObjects, countLines } from '../scenario/waits.ts';
import { ReplayedActor } from './replayed-actor.ts';
import { replayedRedis } from './replayed-redis.ts';
import { replayedBroker, type UsualBroker } from './replayed-broker.ts';
import { StepRecorder } from './step-recorder.ts';
import { NeedsHarness, type Step } from './steps.ts';

/** How long things are waited for unless a scenario says otherwise, as in a run. */
const spareMs = 20_000;
const workerSpareMs = 30_000;

/** What a replay goes by. */
export interface Recorded {
  readonly cell: Cell;
  readonly observation: Observation;
  readonly broker: UsualBroker;
}

/**
 * What a scenario does, found by calling it with a run in which nothing is started: it is answered with
 * what was observed when it was recorded, so that it takes the turns that it took then.
 *
 * @throws NeedsHarness when it does something that a script of plain steps cannot do.
 */
export async function stepsOf(scenario: Scenario, recorded: Recorded): Promise<Step[]> {
  const run = new ReplayedRun(recorded);
  try {
    await scenario(run);
  } catch (error) {
    if (error instanceof NeedsHarness) throw error;
    throw new NeedsHarness(
      `it looks at what only a run can tell (${error instanceof Error ? error.message : String(error)})`,
    );
  }
  return run.recorder.finished();
}

class ReplayedRun implements Run {
  readonly cell: Cell;
  readonly broker: Run['broker'];
  readonly redis: Redis;
  readonly recorder = new StepRecorder();
  readonly #observation: Observation;
  readonly #jobs: ObservedJob[];
  readonly #actors: ReplayedActor[] = [];

  constructor({ cell, observation, broker }: Recorded) {
    this.cell = cell;
    this.#observation = observation;
    this.#jobs = [...observation.jobs];
    this.redis = replayedRedis(this.recorder);
    this.broker = replayedBroker(broker, this.redis);
  }

  worker(options: WorkerOptions = {}): Promise<Actor> {
    const { name = 'worker', until = 'ready', deadlineMs = workerSpareMs } = options;
    refuseLimits(options.limits);
    const programs = enginePrograms[this.cell.engine];
    const start = programs.worker(this.cell, options);
    const env = { ...start.env, ...options.env };
    const actor = this.#start(name, start.arguments, env);
    if (until === 'exit') actor.recordEnd(deadlineMs);
    else actor.recordSays(programs.readyText, { deadlineMs });
    return Promise.resolve(actor);
  }

  workers(count: number, options: WorkerOptions = {}): Promise<Actor[]> {
    const { name = 'worker' } = options;
    const numbers = Array.from({ length: count }, (_, index) => index + 1);
    return Promise.all(
      numbers.map((number) => this.worker({ ...options, name: `${name}-${number}` })),
    );
  }

  actor(file: string, options?: ActorOptions): Promise<Actor> {
    return Promise.resolve(this.#startActor(file, options));
  }

  #startActor(file: string, options: ActorOptions = {}): ReplayedActor {
    const { args = [], flags = [], env = {}, name = file.replace(/\.\w+$/, '') } = options;
    refuseLimits(options.limits);
    const actor = this.#start(name, [...flags, file, ...args], env);
    if (options.until !== undefined) {
      actor.recordSays(options.until, { deadlineMs: options.deadlineMs ?? spareMs });
    }
    return actor;
  }

  submit: Run['submit'] = (task, args, { expect, options, client, deadlineMs = spareMs }) =>
    this.recorder.awaited(
      { kind: 'submit', task, args, options, client, expect, seconds: deadlineMs / 1_000 },
      this.#observed(`${task}(`),
    );

  add: Run['add'] = (task, args, { options, client } = {}) => {
    const job = this.recorder.variable('job');
    void this.recorder.act({ kind: 'add', job, task, args, options, client });
    const sent: SentJob = {
      id: '1',
      settled: ({ expect, deadlineMs = spareMs }) =>
        this.recorder.awaited(
          { kind: 'settled', job, task, expect, seconds: deadlineMs / 1_000 },
          this.#observed(`${task}(`),
        ),
    };
    return Promise.resolve(sent);
  };

  addBulk: Run['addBulk'] = async (task, args, options) => {
    for (const one of args) await this.add(task, one, options);
    return args.map((_, index) => `${index + 1}`);
  };

  submitBy: Run['submitBy'] = (file, { job: what, expect, deadlineMs = spareMs, ...start }) => {
    const actor = this.#startActor(file, start);
    return this.recorder.awaited(
      { kind: 'answer', program: actor.variable, what, expect, seconds: deadlineMs / 1_000 },
      this.#observed(what),
    );
  };

  flag(name: string): Promise<void> {
    return this.recorder.act({ kind: 'flag', name });
  }

  job(): never {
    throw new NeedsHarness('it concludes from the log what became of its job');
  }

  counts(): Promise<Record<string, number>> {
    return Promise.resolve({});
  }

  until: Run['until'] = () => {
    this.recorder.waitForUntold('it waits for something that only the harness looks at');
    return Promise.resolve(true);
  };

  never: Run['never'] = async (condition, forMs) => {
    this.recorder.look({ kind: 'sleep', seconds: forMs / 1_000 });
    return !(await condition());
  };

  printed: Run['printed'] = (text, { times = 1, of, deadlineMs = spareMs } = {}) => {
    const asked = (of ?? this.#actors) as readonly ReplayedActor[];
    const programs = asked.map(({ variable }) => variable);
    this.recorder.look({ kind: 'any says', programs, text, times, seconds: deadlineMs / 1_000 });
    return Promise.resolve(this.count(text, asked) >= times);
  };

  count(text: Text, of: readonly Actor[] = this.#actors): number {
    return of.reduce((sum, { lines }) => sum + countLines(lines, text), 0);
  }

  // What a scenario notes is for judges; a reader has the log.
  fact(): void {
    return;
  }

  facts(): void {
    return;
  }

  async factsFrom(actor: Actor, deadlineMs?: number): Promise<Record<string, Json>> {
    await actor.ended(deadlineMs);
    return allObjects(actor.lines);
  }

  port(): never {
    throw new NeedsHarness('it takes a further free port');
  }
  broken(): never {
    throw new NeedsHarness('it breaks its broker');
  }
  outage(): never {
    throw new NeedsHarness('it takes its broker away for a while');
  }
  failover(): never {
    throw new NeedsHarness('it has a replica become the primary');
  }
  clock(): never {
    throw new NeedsHarness('it changes the clock');
  }
  smallDisk(): never {
    throw new NeedsHarness('it fills a disk');
  }
  redisServer(): never {
    throw new NeedsHarness('it takes a second Redis');
  }

  #start(
    name: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): ReplayedActor {
    const program = this.recorder.variable(name);
    void this.recorder.act({ kind: 'start', program, name, args, env });
    const seen = this.#observation;
    const before = `${name} | `;
    const lines = seen.log
      .filter((line) => line.startsWith(before))
      .map((line) => line.slice(before.length));
    const exit = seen.exits.find((one) => one.actor === name);
    const actor = new ReplayedActor({ name, variable: program, lines, exit }, this.recorder);
    this.#actors.push(actor);
    return actor;
  }

  /** The job that was observed under a name that begins so, the first that was not taken yet. */
  #observed(name: string): ObservedJob {
    const index = this.#jobs.findIndex((job) => job.name.startsWith(name));
    const [found] = index === -1 ? [] : this.#jobs.splice(index, 1);
    return found ?? { name, state: 'pending' };
  }
}

function refuseLimits(limits: ActorOptions['limits']): void {
  if (limits !== undefined) throw new NeedsHarness('it limits the memory or files of a program');
}
