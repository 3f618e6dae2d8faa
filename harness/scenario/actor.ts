import pWaitFor, { TimeoutError } from 'p-wait-for';
import type { StartedProgram } from '../lab/platforms/platform.ts';
import type { LineBuffer } from '../lab/line-buffer.ts';
import type { Actor } from './run.ts';
import type { Exit } from '../lab/platforms/platform.ts';

const graceMs = 10_000;

/** An actor over a started program. `dismissed` tells whether it was the harness that ended it. */
export class StartedActor implements Actor {
  readonly name: string;
  exit: Exit | undefined;
  dismissed = false;
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

  async printed(text: string, deadlineMs = this.#deadlineMs): Promise<boolean> {
    const found = () => this.lines.some((line) => line.includes(text));
    await this.until(() => found() || this.exit !== undefined, deadlineMs);
    return found();
  }

  async ended(deadlineMs = this.#deadlineMs): Promise<Exit | undefined> {
    await this.until(() => this.exit !== undefined, deadlineMs);
    return this.exit;
  }

  /** Waits until the condition holds or the deadline has passed. */
  async until(condition: () => boolean, deadlineMs: number): Promise<void> {
    try {
      await pWaitFor(condition, { interval: 20, timeout: deadlineMs });
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
    }
  }

  async stop(): Promise<void> {
    if (this.exit === undefined) {
      this.dismissed = true;
      await this.#program.terminate();
      await this.ended(graceMs);
    }
    await this.#program.kill();
  }

  async kill(): Promise<void> {
    this.dismissed ||= this.exit === undefined;
    await this.#program.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
