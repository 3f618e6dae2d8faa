import { once } from 'node:events';
import type { EmbeddedPostgres } from '../../worker/postgres/embedded.ts';
import type { Reporter } from './reporter.ts';

/**
 * Waits until the signal comes, or until the embedded database is gone for good: that is said, and
 * the exit code becomes 1, for whoever supervises the process to start it again.
 */
export async function untilStopped(
  signal: AbortSignal,
  embedded: EmbeddedPostgres | undefined,
  report: Reporter,
): Promise<void> {
  if (signal.aborted) return;
  const stopped = once(signal, 'abort').then(() => undefined);
  const lost = await Promise.race([stopped, ...(embedded ? [embedded.lost] : [])]);
  if (lost === undefined) return;
  report.say('database', lost);
  process.exitCode = 1;
}
