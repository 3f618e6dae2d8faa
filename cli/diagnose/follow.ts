import type { DiagnosedBug, Diagnosis } from '../../catalog/diagnose/diagnosis.ts';
import type { LogReader } from '../../catalog/diagnose/log-reader.ts';
import { levels, type Level } from '../../catalog/signature/conclude.ts';

/** How long a log is silent before what its last lines show is told, although more may come. */
const quietMs = 1_500;
/** A busy log is looked at no more often. */
const pauseMs = 200;

/**
 * Reads a log that goes on, and tells of each bug once it shows, and again when it is surer. The memory
 * it takes does not grow with the log.
 *
 * @returns what the log shows, when it has ended or `stop` has come.
 */
export async function follow(
  log: AsyncIterable<Uint8Array>,
  reader: LogReader,
  tell: (match: DiagnosedBug) => void,
  stop: AbortSignal,
): Promise<Diagnosis> {
  const told = new Map<string, Level>();
  const tellNew = (matches: readonly DiagnosedBug[]) => {
    for (const match of matches) {
      const key = (match.candidates ?? [match]).map(({ bug }) => bug).join();
      const before = told.get(key);
      if (before && levels.indexOf(before) <= levels.indexOf(match.level)) continue;
      told.set(key, match.level);
      tell(match);
    }
  };
  const look = (settled: boolean) => {
    tellNew(reader.soFar(settled).matches);
  };

  let timers: NodeJS.Timeout[] = [];
  const iterator = log[Symbol.asyncIterator]();
  const stopped = new Promise<IteratorResult<Uint8Array>>((resolve) => {
    stop.addEventListener('abort', () => {
      resolve({ done: true, value: undefined });
    });
  });
  for (;;) {
    const next = await Promise.race([iterator.next(), stopped]);
    timers.forEach((timer) => {
      clearTimeout(timer);
    });
    if (next.done) break;
    reader.write(next.value);
    timers = [
      setTimeout(() => {
        look(true);
      }, pauseMs),
      setTimeout(() => {
        look(false);
      }, quietMs),
    ];
  }
  const diagnosis = reader.end();
  tellNew(diagnosis.matches);
  return diagnosis;
}
