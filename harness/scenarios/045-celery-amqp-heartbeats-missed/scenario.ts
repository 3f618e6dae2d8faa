import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('solo-begins-again', (run) => compute(run));
claim('solo-without-acks-late-begins-again', (run) => compute(run, { task_acks_late: false }));
claim('gevent-begins-again', (run) => compute(run));
claim('prefork-works', (run) => compute(run));
claim('no-heartbeat-works', (run) => compute(run, { broker_heartbeat: 0 }));
claim('frozen-broker-is-noticed', async (run) => {
  await using worker = await run.worker();
  {
    await using _frozen = await run.broken('frozen');
    run.fact('worker noticed', await worker.printed('heartbeats missed', { deadlineMs: 30_000 }));
  }
  await run.flag('go on');
  await run.submit('tasks.compute', [2], { expect: 4 });
});

/** Has a task compute for longer than RabbitMQ waits for a sign of life. */
async function compute(run: Run, settings = {}): Promise<void> {
  const env = { SETTINGS: JSON.stringify({ task_acks_late: true, ...settings }) };
  await using worker = await run.worker({ env, args: ['--without-mingle'] });
  // Results go back over RabbitMQ, to the client that sent the task and no other.
  const submitted = run.submit('tasks.compute', [2], { expect: 4, deadlineMs: 50_000 });
  await worker.printed('succeeded in', { deadlineMs: 30_000 });
  await run.flag('go on');
  await worker.printed('at it', { times: 2, deadlineMs: 5_000 });
  await submitted;
  run.facts({
    'times begun': run.count('at it', [worker]),
    'connection lost': run.count('Connection to broker lost', [worker]) > 0,
    'worker still runs': worker.exit === undefined,
  });
}
