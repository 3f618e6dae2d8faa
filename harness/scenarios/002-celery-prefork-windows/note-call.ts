import type { Run } from '../../scenario/run.ts';

/** How long a caller is watched: no web request may take this long. */
const watchedMs = 30_000;

/** Has `call.py` call a task, and notes how long the call took and what it raised. */
export async function noteCall(run: Run, args: readonly string[] = []): Promise<void> {
  const job = `call of tasks.add ${args.join(' ')}`.trim();
  const waiting = { expect: null, deadlineMs: watchedMs };
  const { error } = await run.submitBy('call.py', { job, args, ...waiting });
  if (error === 'no answer within 30 s') run.fact('seconds', watchedMs / 1000);
}
