import os from 'node:os';
import type { Workspace } from './workspace.ts';
import { sweepWorkspace } from './sweep.ts';

/** SIGBREAK is what Windows makes of Ctrl-Break; elsewhere nobody sends it. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;

/** Sweeps a workspace when this process is asked to end, then exits as that signal would have it. */
export class SignalSweep implements Disposable {
  readonly #workspace: Workspace;
  #leaving = false;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    for (const signal of signals) process.on(signal, this.#leave);
  }

  /**
   * Takes all other listeners away. To be called once Vitest is up: its own ends the process a
   * millisecond after the signal, long before everything is swept.
   */
  takeOver(): void {
    for (const signal of signals) {
      process.removeAllListeners(signal);
      process.on(signal, this.#leave);
    }
  }

  [Symbol.dispose](): void {
    for (const signal of signals) process.off(signal, this.#leave);
  }

  readonly #leave = (signal: (typeof signals)[number]): void => {
    if (this.#leaving) return;
    this.#leaving = true;
    process.stderr.write(`\n${signal}: stopping what was started …\n`);
    void sweepWorkspace(this.#workspace)
      .then((left) => left !== undefined && process.stderr.write(`${left}\n`))
      .finally(() => process.exit(128 + os.constants.signals[signal]));
  };
}
