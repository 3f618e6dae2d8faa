import { z } from 'zod';
import type { Observation, ObservedJob } from '../../catalog/evidence/schema.ts';
import type { ClientRequest, JobArguments, Json } from '../lab/engines/engine-programs.ts';
import { enginePrograms } from '../lab/engines/programs.ts';
import type { StartedActor } from './actor.ts';
import type { OpenPrograms } from './open-programs.ts';
import type { ActorOptions, Awaiting, Jobs, Notes, SentJob } from './run.ts';
import { holdsWithin, lastObjectWith } from './waits.ts';

/** A client may take this long to start and to tell its answer, beside the deadline of the job. */
const clientSpareMs = 15_000;
/** A worker may tell of a failure this much later than the client hears of it. */
const failureSpareMs = 3_000;

/** What a client tells of a job. */
const answerSchema = z.object({
  state: z.enum(['completed', 'failed', 'pending']),
  result: z.json().optional(),
  error: z.string().optional(),
});
type Fate = Pick<ObservedJob, 'state' | 'result' | 'error' | 'givenUp'>;

/** The jobs of one run. Every client is a program of its own. */
export class OpenJobs implements Omit<Jobs, 'counts'> {
  readonly jobs: Observation['jobs'] = [];
  readonly #programs: OpenPrograms;
  readonly #facts: Notes['facts'];
  #settledAt = performance.now();

  /** @param facts notes what a program of the scenario tells beside the fate of its job. */
  constructor(programs: OpenPrograms, facts: Notes['facts']) {
    this.#programs = programs;
    this.#facts = facts;
  }

  /** When the fate of the last job was known, on the clock of `performance.now()`. */
  get settledAt(): number {
    return this.#settledAt;
  }

  job(job: ObservedJob): void {
    this.#settledAt = performance.now();
    this.jobs.push(job);
  }

  submit: Jobs['submit'] = async (task, args, options) => {
    const { expect, giveUp, deadlineMs = this.#programs.spareMs, ...send } = options;
    const request = { ...send, task, ask: 'submit', jobs: [args], deadlineMs } as const;
    const client = await this.#startClient(request);
    const fate = await this.#fateOf(client, this.#patience(deadlineMs), giveUp);
    this.#showUnanswered(client);
    if (fate.state === 'failed' && lastObjectWith(client.lines, 'ids') !== undefined) {
      await this.#heardOfFailure();
    }
    return this.#note({ name: nameOf(task, args), expected: expect, ...fate });
  };

  add: Jobs['add'] = async (task, args, options = {}) => {
    const [id = ''] = await this.#send(nameOf(task, args), { ...options, task, jobs: [args] });
    return { id, settled: (awaiting) => this.#settled(task, args, id, awaiting) };
  };

  addBulk: Jobs['addBulk'] = (task, args, options = {}) =>
    args.length === 0
      ? Promise.resolve([])
      : this.#send(`${args.length} of ${task}`, { ...options, task, jobs: args });

  submitBy: Jobs['submitBy'] = async (file, { job, ...options }) => {
    const { expect, giveUp, deadlineMs = this.#programs.spareMs, ...start } = options;
    await using client = await this.#programs.actor(file, start satisfies ActorOptions);
    const fate = await this.#fateOf(client, deadlineMs, giveUp);
    this.#facts(besidesFate(lastObjectWith(client.lines, 'state') ?? {}));
    if (fate.state === 'failed') await this.#heardOfFailure();
    return this.#note({ name: job, expected: expect, ...fate });
  };

  async #settled(
    task: string,
    args: JobArguments,
    id: string,
    { expect, giveUp, deadlineMs = this.#programs.spareMs }: Awaiting,
  ): ReturnType<SentJob['settled']> {
    const name = nameOf(task, args);
    const unsent = this.jobs.find((job) => job.name === name && job.state !== 'completed');
    if (id === '') return unsent ?? { name, state: 'pending', error: 'not sent' };
    const client = await this.#startClient({ task, ask: 'await', jobs: [args], id, deadlineMs });
    const fate = await this.#fateOf(client, this.#patience(deadlineMs), giveUp);
    this.#showUnanswered(client);
    if (fate.state === 'failed') await this.#heardOfFailure();
    return this.#note({ name, expected: expect, ...fate });
  }

  /** @returns the ids, or none, and the job is noted, if it could not be sent. */
  async #send(
    name: string,
    request: Omit<ClientRequest, 'ask' | 'deadlineMs'> & { deadlineMs?: number },
  ): Promise<string[]> {
    const { deadlineMs = this.#programs.spareMs } = request;
    const client = await this.#startClient({ ...request, ask: 'add', deadlineMs });
    const sent = () => lastObjectWith(client.lines, 'ids') ?? lastObjectWith(client.lines, 'state');
    await holdsWithin(
      () => client.exit !== undefined || sent() !== undefined,
      this.#patience(deadlineMs),
    );
    await client.kill();
    this.#showUnanswered(client);
    const ids = z.object({ ids: z.array(z.string()) }).safeParse(sent());
    if (ids.success) return ids.data.ids;
    this.#note({ name, ...answerOf(client) });
    return [];
  }

  /** How long a client of ours is waited for. */
  #patience(deadlineMs: number): number {
    return deadlineMs + clientSpareMs * this.#programs.slowness;
  }

  #startClient(request: ClientRequest): Promise<StartedActor> {
    const program = enginePrograms[this.#programs.cell.engine].client(request);
    return this.#programs.launch({ env: {}, ...program, name: 'client' });
  }

  async #fateOf(client: StartedActor, waitMs: number, giveUp: Awaiting['giveUp']): Promise<Fate> {
    let givenUp: string | undefined;
    await holdsWithin(() => {
      givenUp = giveUp?.();
      const answered = lastObjectWith(client.lines, 'state') !== undefined;
      return answered || client.exit !== undefined || givenUp !== undefined;
    }, waitMs);
    const hasEnded = client.exit !== undefined;
    await client.kill();
    const answered = lastObjectWith(client.lines, 'state') !== undefined;
    if (answered || hasEnded) return answerOf(client);
    return givenUp === undefined
      ? { state: 'pending', error: `no answer within ${waitMs / 1000} s` }
      : { state: 'pending', givenUp };
  }

  /** What else a client of ours said is worth a place in the log. */
  #showUnanswered({ lines }: StartedActor): void {
    for (const line of lines) {
      if (!/^\{"(?:state|ids)"/.test(line)) this.#programs.log.add(`client | ${line}`);
    }
  }

  /** Waits until the workers have told of as many failures as jobs have failed. */
  async #heardOfFailure(): Promise<void> {
    const { failedText } = enginePrograms[this.#programs.cell.engine];
    const failures = this.jobs.filter(({ state }) => state === 'failed').length + 1;
    const told = () =>
      this.#programs.workersStarted.reduce((sum, worker) => sum + worker.count(failedText), 0);
    const hopeless = () => this.#programs.workersStarted.every(({ exit }) => exit !== undefined);
    await holdsWithin(
      () => told() >= failures || hopeless(),
      failureSpareMs * this.#programs.slowness,
    );
  }

  #note(job: ObservedJob): ObservedJob {
    this.job(job);
    return job;
  }
}

/** What a line tells that is not of the job itself. */
function besidesFate(line: Readonly<Record<string, unknown>>): Record<string, Json> {
  const more = Object.entries(line).filter(([name]) => !(name in answerSchema.shape));
  return Object.fromEntries(more) as Record<string, Json>;
}

/** What a client told, or that it told nothing. */
function answerOf({ lines }: StartedActor): Fate {
  const line = lastObjectWith(lines, 'state');
  if (line === undefined) return { state: 'pending', error: 'the client gave no answer' };
  const answer = answerSchema.safeParse(line);
  return answer.success
    ? answer.data
    : { state: 'pending', error: `the client gave no answer but ${JSON.stringify(line)}` };
}

/** `tasks.add(3, 1)`, `mail.send({"to":"a"})`. */
function nameOf(task: string, args: JobArguments): string {
  const shown = Array.isArray(args)
    ? args.map((arg) => JSON.stringify(arg)).join(', ')
    : JSON.stringify(args);
  return `${task}(${shown})`;
}
