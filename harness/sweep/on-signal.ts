import os from 'node:os';
import type { RunFolder } from './run-folder.ts';
import { sweepRun } from './sweep.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Sweeps the run when this process is asked to end, then ends it as that signal does.
 *
 * @returns a function that takes the listeners away again.
 */
export function sweepOnSignal(run: RunFolder): () => void {
  const sweepAndLeave = (signal: (typeof signals)[number]) => {
    // Asked again meanwhile, it goes on: what it leaves behind would have to be swept by the next run.
    process.stderr.write(`\n${signal}: stopping what was started …\n`);
    void sweepRun(run).finally(() => process.exit(128 + os.constants.signals[signal]));
  };
  for (const signal of signals) process.once(signal, sweepAndLeave);
  return () => {
    for (const signal of signals) process.off(signal, sweepAndLeave);
  };
}
