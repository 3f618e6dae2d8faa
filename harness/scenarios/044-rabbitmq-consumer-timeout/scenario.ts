import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

const refused = 'delivery acknowledgement on channel';

claim('late-task-ends-the-worker', (run) => outlast(run));
claim('longer-timeout-works', (run) => outlast(run));
claim('early-acknowledgement-works', (run) => outlast(run, { task: 'tasks.early' }));
claim('eta-ends-the-worker', (run) =>
  outlast(run, { task: 'tasks.early', options: { countdown: 150 } }),
);

interface Sent {
  task?: string;
  options?: Record<string, number>;
}

/** RabbitMQ looks once a minute for messages that are not acknowledged. */
const oneLookMs = 75_000;

/** Has a worker hold a task until RabbitMQ has looked, and lets it go on. */
async function outlast(run: Run, { task = 'tasks.late', options = {} }: Sent = {}): Promise<void> {
  await using worker = await run.worker({ concurrency: 1 });
  // Results go back over RabbitMQ, to the client that sent the task and no other.
  const submitted = run.submit(task, [2], {
    expect: 4,
    options,
    deadlineMs: 100_000,
    giveUp: () =>
      options.countdown !== undefined && worker.exit !== undefined
        ? 'the worker had ended, long before the time of the task'
        : undefined,
  });
  await worker.printed('received');
  run.fact('channel closed', await worker.printed(refused, { deadlineMs: oneLookMs }));
  await run.flag('go on');
  // It ends when the task that its pool is at is over.
  const exit = await worker.ended(10_000);
  run.fact('worker still runs', exit === undefined);
  await submitted;
  if (exit === undefined) return;
  run.fact('exit code', exit.code ?? -1);
  await using next = await run.worker({ concurrency: 1, name: 'next' });
  run.fact('given out again', await next.printed('received'));
}
