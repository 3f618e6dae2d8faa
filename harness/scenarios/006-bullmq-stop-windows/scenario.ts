import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('term-kills-the-worker', (run) => stopDuringTheJob(run, 'SIGTERM'));
claim('term-kills-the-worker-of-a-sandbox', (run) => stopDuringTheJob(run, 'SIGTERM'));
claim('int-kills-the-worker', (run) => stopDuringTheJob(run, 'SIGINT'));
claim('job-fails-where-it-must-not-stall', (run) => stopDuringTheJob(run, 'SIGTERM', 0));

claim('message-closes-the-worker', (run) => stopDuringTheJob(run, 'message'));
claim('message-closes-the-worker-of-a-sandbox', (run) => stopDuringTheJob(run, 'message'));
claim('message-closes-the-worker-of-threads', (run) => stopDuringTheJob(run, 'message'));
claim('job-runs-once-if-nothing-is-stopped', (run) => stopDuringTheJob(run, 'nothing'));

claim('term-closes-the-worker-elsewhere', (run) => stopDuringTheJob(run, 'SIGTERM'));
claim('int-closes-the-worker-elsewhere', (run) => stopDuringTheJob(run, 'SIGINT'));
claim('only-kill-kills-the-worker-elsewhere', (run) => stopDuringTheJob(run, 'SIGKILL'));

async function stopDuringTheJob(run: Run, how: string, maxStalledCount = 1): Promise<void> {
  const env = { POOL: run.cell.pool, MAX_STALLED_COUNT: `${maxStalledCount}` };
  // Two interpreters have to start, one after the other.
  const options = { args: [how], env, until: 'ready', deadlineMs: 120_000 };
  await using supervisor = await run.actor('supervisor.mjs', options);
  await run.submit('numbers.double', [2], { expect: 4, deadlineMs: 60_000 });

  if (how !== 'nothing') await supervisor.printed('first worker ended');
  // The client may hear of the end before the supervisor does.
  await supervisor.printed(maxStalledCount === 0 ? 'failed the job' : 'finished the job');
  const said = supervisor.lines.join('\n');
  const end = /first worker ended with (.*)/.exec(said)?.[1];
  run.fact('first worker ended with', end ?? 'nothing');
  run.fact('worker.close() was called', said.includes('first worker: closes'));
  run.fact('times the job was run', run.count('worker: runs the job'));
  const error = /worker: failed the job: (.*)/.exec(said)?.[1];
  run.fact('error', error ?? 'none');
}
