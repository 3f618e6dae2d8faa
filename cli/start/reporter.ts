import { reasonOf } from '../../dashboard/health/reason.ts';

/** Tells how the start goes, a line at a time: the part, and what it does. */
export interface Reporter {
  say: (part: string, text: string) => void;
  /** Says what is being done, does it, and says how long it took. */
  step: <T>(part: string, doing: string, work: () => Promise<T>) => Promise<T>;
}

export function createReporter(stream: NodeJS.WritableStream): Reporter {
  // A terminal that was closed takes no more lines, and that must not cut the stopping short.
  stream.on('error', () => undefined);
  const say: Reporter['say'] = (part, text) => {
    stream.write(`  ${part.padEnd(9)} ${text}\n`);
  };
  return {
    say,
    step: async (part, doing, work) => {
      say(part, `${doing} …`);
      const started = performance.now();
      const result = await work();
      say(part, `ready in ${((performance.now() - started) / 1000).toFixed(1)} s`);
      return result;
    },
  };
}

/** A listener for errors that come over and over: each is told once, until another one comes. */
export function sayOnce(report: Reporter, part: string): (error: Error) => void {
  let last: string | undefined;
  return (error) => {
    const reason = reasonOf(error);
    if (reason !== last) report.say(part, reason);
    last = reason;
  };
}
