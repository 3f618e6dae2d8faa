import { clockOf, type Clock } from '../lab/faults/clock.ts';
import { limitsOf, type Limits } from '../lab/faults/limits.ts';
import { mountSmallDisk, type SmallDisk } from '../lab/faults/small-disk.ts';
import { NotRun } from '../lab/not-run.ts';
import type { Host, Program } from '../lab/platforms/platform.ts';
import type { Workspace } from '../lab/sweep/workspace.ts';

/** Imposes faults on the programs of one run, and takes away what held them when the run is over. */
export class ProcessFaults implements AsyncDisposable {
  readonly #host: Host;
  readonly #workspace: Workspace | undefined;
  readonly #held = new AsyncDisposableStack();

  /** @param run left out where nothing is imposed, as in tests of a run alone. */
  constructor(host: Host, workspace: Workspace | undefined) {
    this.#host = host;
    this.#workspace = workspace;
  }

  /** A program within limits. */
  async within(limits: Limits | undefined, program: Program): Promise<Program> {
    if (limits === undefined) return program;
    this.#requireNative('its programs cannot be limited');
    const limited = this.#held.use(await limitsOf(limits, this.#folder));
    return { ...program, wrapper: limited.wrapper };
  }

  clock(): Promise<Clock> {
    this.#requireNative('its programs have the clock of the machine');
    return clockOf(this.#folder);
  }

  async smallDisk(megabytes: number): Promise<SmallDisk> {
    this.#requireNative('its programs do not see the disks of this machine');
    const folder = await this.#folder.makeWorkFolder();
    return mountSmallDisk(folder, `${megabytes}m`);
  }

  /** To be called once the programs have ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#held.disposeAsync();
  }

  get #folder(): Workspace {
    if (this.#workspace === undefined) throw new Error('This run has no folder.');
    return this.#workspace;
  }

  #requireNative(whyNot: string): void {
    if (!this.#host.isNative)
      throw new NotRun(`the platform is not this machine itself: ${whyNot}`);
  }
}
