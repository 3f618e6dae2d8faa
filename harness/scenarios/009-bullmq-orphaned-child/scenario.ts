import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('orphan-uses-up-a-processor', (run) => killTheWorker(run, 'during'));
claim('orphan-ends-on-disconnect', (run) => killTheWorker(run, 'during', 'double-and-exit.mjs'));
claim('idle-child-ends-with-its-worker', (run) => killTheWorker(run, 'after'));
claim('child-ends-with-its-worker-on-windows', (run) => killTheWorker(run, 'during'));

async function killTheWorker(run: Run, when: string, processor = 'double.mjs'): Promise<void> {
  const env = { PROCESSOR: processor };
  // Two interpreters have to start, one after the other.
  const options = { args: [when], env, until: 'ready', deadlineMs: 120_000 };
  await using supervisor = await run.actor('supervisor.mjs', options);
  await run.submit('numbers.double', [2], { expect: 4, deadlineMs: 60_000 });
  await supervisor.printed('over', 120_000);
  const said = supervisor.lines.join('\n');
  run.fact('child has ended', said.includes('child has ended'));
  run.fact('child ignores SIGTERM', said.includes('child ignores SIGTERM'));
  run.fact('seconds used', Number(/child used ([\d.]+) s/.exec(said)?.[1] ?? 0));
}
