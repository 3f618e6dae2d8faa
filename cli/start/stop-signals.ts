/** What the user asked for by Ctrl-C, Ctrl-Break, SIGTERM or a closed terminal. */
export interface StopSignals extends Disposable {
  /** Aborted by the first signal: stop, and finish what is being done. */
  readonly stop: AbortSignal;
}

/** Of these Windows knows SIGINT, SIGHUP for its console closing, and SIGBREAK, which it alone has. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;

/**
 * One Ctrl-C comes twice under npm: the terminal sends it to the whole process group, and npm passes
 * on its own. In milliseconds.
 */
const sameKeyPressMs = 500;

/**
 * Listens for signals until disposal. The first one aborts `stop`; a later one calls `hurry`.
 * @param hurry ends the process without waiting for anything.
 */
export function listenForStop(hurry: (signal: NodeJS.Signals) => void): StopSignals {
  const controller = new AbortController();
  let first = Infinity;
  const onSignal = (signal: NodeJS.Signals) => {
    const now = performance.now();
    first = Math.min(first, now);
    if (now - first > sameKeyPressMs) hurry(signal);
    else controller.abort(new Error(`Stopped by ${signal}`));
  };
  for (const signal of signals) process.on(signal, onSignal);
  return {
    stop: controller.signal,
    [Symbol.dispose]: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
