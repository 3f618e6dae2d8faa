import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

const message = 'Cannot connect to';

claim('nobody-listens', async (run) => {
  await using _down = await run.broken('down');
  await double(run, run.broker.url);
});
claim('unknown-name-fails', (run) => double(run, 'redis://nobody.invalid:6379/0'));
claim('no-url-means-rabbitmq', (run) => double(run, ''));
claim('broker-url-wins', (run) =>
  double(run, 'redis://nobody.invalid:6379/0', { CELERY_BROKER_URL: run.broker.url }),
);
claim('worker-connects-once-the-broker-is-up', async (run) => {
  const down = await run.broken('down');
  await using worker = await run.worker({ deadlineMs: 3_000 });
  await worker.printed(message);
  await down[Symbol.asyncDispose]();
  await run.submit('tasks.double', [2], { expect: 4 });
  run.fact('was refused', run.count(message, [worker]) > 0);
});
claim('right-address-works', (run) => double(run, run.broker.url));

/** A worker that is told this address; the task is sent to the broker that there is. */
async function double(run: Run, url: string, more = {}): Promise<void> {
  const env = { BROKER_URL: url, CELERY_BROKER_URL: url, ...more };
  await using worker = await run.worker({ env, deadlineMs: 3_000 });
  await run.submit('tasks.double', [2], {
    expect: 4,
    deadlineMs: 10_000,
    giveUp: () =>
      run.count(message, [worker]) >= 2 ? 'the worker could not connect, twice' : undefined,
  });
  run.fact('worker still runs', worker.exit === undefined);
  run.fact('was refused', run.count(message, [worker]) > 0);
  if (url !== '') await run.factsFrom(await run.actor('knock.py', { env }));
}
