import type { Writeup } from '../writeup/schema.ts';
import type { Diagnosis, HistoryLookup } from './diagnosis.ts';
import { createLogReaders } from './log-reader.ts';

/**
 * Names the known bugs that a log shows.
 *
 * @param log the text, or its bytes as they come from a file or a pipe.
 */
export async function diagnose(
  log: string | AsyncIterable<Uint8Array>,
  writeups: readonly Writeup[],
  lookUp?: HistoryLookup,
): Promise<Diagnosis> {
  const reader = createLogReaders(writeups, lookUp)();
  if (typeof log === 'string') reader.write(log);
  else for await (const chunk of log) reader.write(chunk);
  return reader.end();
}
