import type { Exit } from '../lab/platforms/platform.ts';
import type { Json } from '../lab/engines/engine-programs.ts';
import type { Actor, Text } from '../scenario/run.ts';
import { countLines, lastObjectWith } from '../scenario/waits.ts';
import type { StepRecorder } from './step-recorder.ts';
import { NeedsHarness } from './steps.ts';

const spareMs = 20_000;

/** What was observed of an actor. */
interface Seen {
  readonly name: string;
  /** What it is called in the script. */
  readonly variable: string;
  readonly lines: readonly string[];
  readonly exit: Exit | undefined;
}

/** An actor that is not started: it answers as the one that was recorded did. */
export class ReplayedActor implements Actor {
  readonly name: string;
  readonly variable: string;
  readonly lines: readonly string[];
  readonly exit: Exit | undefined;
  readonly pid = undefined;
  readonly #recorder: StepRecorder;

  constructor({ name, variable, lines, exit }: Seen, recorder: StepRecorder) {
    this.name = name;
    this.variable = variable;
    this.lines = lines;
    this.exit = exit;
    this.#recorder = recorder;
  }

  printed: Actor['printed'] = (text, wait = {}) => {
    const { times = 1, deadlineMs = spareMs } =
      typeof wait === 'number' ? { deadlineMs: wait } : wait;
    this.recordSays(text, { times, deadlineMs });
    return Promise.resolve(countLines(this.lines, text) >= times);
  };

  recordSays(text: Text, { times = 1, deadlineMs }: { times?: number; deadlineMs: number }): void {
    const seconds = deadlineMs / 1_000;
    this.#recorder.look({ kind: 'says', program: this.variable, text, times, seconds });
  }

  json(name: string, deadlineMs = spareMs): Promise<Json | undefined> {
    this.recordSays(`"${name}"`, { deadlineMs });
    return Promise.resolve(lastObjectWith(this.lines, name)?.[name] as Json | undefined);
  }

  recordEnd(deadlineMs = spareMs): void {
    this.#recorder.look({ kind: 'ends', program: this.variable, seconds: deadlineMs / 1_000 });
  }

  ended(deadlineMs = spareMs): Promise<Exit | undefined> {
    this.recordEnd(deadlineMs);
    return Promise.resolve(this.exit);
  }

  tell(line: string): Promise<void> {
    return this.#recorder.act({ kind: 'tell', program: this.variable, line });
  }

  signal(name: NodeJS.Signals): Promise<void> {
    return this.#recorder.act({ kind: 'signal', program: this.variable, signal: name });
  }

  stop(): Promise<void> {
    return this.#recorder.act({ kind: 'stop', program: this.variable });
  }

  kill(): Promise<void> {
    return this.#recorder.act({ kind: 'kill', program: this.variable });
  }

  freeze(): never {
    throw new NeedsHarness('it suspends a program');
  }

  resume(): never {
    throw new NeedsHarness('it suspends a program');
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#recorder.stopAtTheEnd(this.variable);
    return Promise.resolve();
  }
}
