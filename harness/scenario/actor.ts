import type { Exit, StartedProgram } from '../lab/platforms/platform.ts';
import type { LineBuffer } from '../lab/line-buffer.ts';
import type { Json } from '../lab/engines/engine-programs.ts';
import type { Actor, Text } from './run.ts';
import { countLines, holdsWithin, lastObjectWith } from './waits.ts';

const graceMs = 10_000;

/** An actor over a started program. `dismissed` tells whether it was the harness that ended it. */
export class StartedActor implements Actor {
  readonly name: string;
  exit: Exit | undefined;
  dismissed = false;
  #isFrozen = false;
  readonly #output: LineBuffer;
  readonly #program: StartedProgram;
  readonly #deadlineMs: number;

  /** @param deadlineMs How long it is waited for unless told otherwise, in milliseconds. */
  constructor(name: string, program: StartedProgram, output: LineBuffer, deadlineMs: number) {
    this.name = name;
    this.#program = program;
    this.#output = output;
    this.#deadlineMs = deadlineMs;
    void program.ended.then((exit) => {
      this.exit = exit;
    });
  }

  get pid(): number | undefined {
    return this.#program.pid;
  }

  get lines(): readonly string[] {
    return this.#output.lines;
  }

  printed: Actor['printed'] = async (text, wait = {}) => {
    const { times = 1, deadlineMs = this.#deadlineMs } =
      typeof wait === 'number' ? { deadlineMs: wait } : wait;
    const found = () => this.count(text) >= times;
    await holdsWithin(() => found() || this.exit !== undefined, deadlineMs);
    return found();
  };

  /** How many of its lines show a text. */
  count(text: Text): number {
    return countLines(this.lines, text);
  }

  async json(name: string, deadlineMs = this.#deadlineMs): Promise<Json | undefined> {
    const found = () => lastObjectWith(this.lines, name);
    await holdsWithin(() => found() !== undefined || this.exit !== undefined, deadlineMs);
    return found()?.[name] as Json | undefined;
  }

  async ended(deadlineMs = this.#deadlineMs): Promise<Exit | undefined> {
    await holdsWithin(() => this.exit !== undefined, deadlineMs);
    return this.exit;
  }

  tell(line: string): Promise<void> {
    return this.#program.tell(line);
  }

  async freeze(): Promise<void> {
    await this.#program.freeze(true);
    this.#isFrozen = true;
  }

  async resume(): Promise<void> {
    await this.#program.freeze(false);
    this.#isFrozen = false;
  }

  async signal(name: NodeJS.Signals): Promise<void> {
    this.dismissed ||= this.exit === undefined;
    await this.#program.signal(name);
  }

  async stop(): Promise<void> {
    // What is suspended cannot be asked.
    if (this.exit === undefined && !this.#isFrozen) {
      this.dismissed = true;
      await this.#program.terminate();
      await this.ended(graceMs);
    }
    await this.kill();
  }

  async kill(): Promise<void> {
    this.dismissed ||= this.exit === undefined;
    await this.#program.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
