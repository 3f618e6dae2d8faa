import { z } from 'zod';
import type { Run } from '../../scenario/run.ts';

/** How long a caller is watched: no web request may take this long. */
const watchedMs = 30_000;

const answer = z.object({ seconds: z.number(), exception: z.string(), message: z.string() });

/** Has `call.py` call a task, and notes how long the call took and what it raised. */
export async function noteCall(run: Run, args: readonly string[] = []): Promise<void> {
  await using caller = await run.actor('call.py', { args });
  const name = `call of tasks.add ${args.join(' ')}`.trim();
  await caller.printed('"seconds"', watchedMs);
  const line = caller.lines.find((line) => line.startsWith('{"seconds"'));
  if (line === undefined) {
    if (caller.exit === undefined) run.fact('seconds', watchedMs / 1000);
    run.job({ name, state: 'pending' });
    return;
  }
  const { seconds, exception, message } = answer.parse(JSON.parse(line));
  run.fact('seconds', seconds);
  run.fact('exception', exception);
  run.job(
    exception === 'none'
      ? { name, state: 'completed' }
      : { name, state: 'failed', error: `${exception}: ${message}` },
  );
}
