import { NeedsHarness, type Step } from './steps.ts';

/** Gathers what a scenario does, and refuses what would come out otherwise step by step. */
export class StepRecorder {
  readonly #steps: Step[] = [];
  readonly #variables = new Map<string, number>();
  /** What the scenario waited for in a way that no script can, since when nothing may be done. */
  #untold: string | undefined;
  /** Whether something was asked for whose end was not waited for. */
  #isOpen = false;

  /** A name for a program or a job, as both languages take it: `worker`, `worker_2`. */
  variable(name: string): string {
    const plain = name.replaceAll(/\W/g, '_').replace(/^(?=\d)/, '_');
    const count = (this.#variables.get(plain) ?? 0) + 1;
    this.#variables.set(plain, count);
    return count === 1 ? plain : `${plain}_${count}`;
  }

  /** Notes something that changes what comes after it. */
  act(step: Step): Promise<void> {
    if (this.#untold !== undefined) throw new NeedsHarness(this.#untold);
    this.#note(step);
    return Promise.resolve();
  }

  /** Notes what is only waited for. */
  look(step: Step): void {
    this.#note(step);
  }

  /** Notes what must be waited for before the next step. */
  awaited<Value>(step: Step, value: Value): Promise<Value> {
    void this.act(step);
    this.#isOpen = true;
    const promise = Promise.resolve(value);
    const then: typeof promise.then = (...how) => {
      this.#isOpen = false;
      return promise.then(...how);
    };
    return { then } as Promise<Value>;
  }

  /** Whatever the scenario waits for here, a script does not: it may do nothing more afterwards. */
  waitForUntold(why: string): void {
    this.#untold ??= why;
  }

  stopAtTheEnd(program: string): void {
    // Of what comes to its end with the script it would be said twice.
    this.#steps.push({ kind: 'stop', program });
  }

  /** @throws NeedsHarness when no job was sent whose fate the script could tell. */
  finished(): Step[] {
    const isTold = ({ kind }: Step) => kind === 'submit' || kind === 'settled' || kind === 'answer';
    if (!this.#steps.some(isTold)) throw new NeedsHarness('it sends no job and awaits its result');
    return this.#steps.slice(0, this.#steps.findLastIndex(({ kind }) => kind !== 'stop') + 1);
  }

  #note(step: Step): void {
    if (this.#isOpen) throw new NeedsHarness('it does two things at once');
    this.#steps.push(step);
  }
}
