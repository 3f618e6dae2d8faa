import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

interface Given {
  readonly app?: string;
  readonly concurrency?: number;
  /** Options of ioredis. */
  readonly client?: object;
}

claim('jobs-are-lost', (run) => addFour(run));
claim('other-ioredis-works', (run) => addFour(run));
claim('one-at-a-time-works', (run) => addFour(run, { concurrency: 1 }));
claim('blocking-timeout-loses-them', (run) => addFour(run, { client: { blockingTimeout: 5_000 } }));
claim('large-grace-works', (run) => addFour(run, { client: { blockingTimeoutGrace: 86_400_000 } }));
claim('bullmq-works', (run) => addFour(run, { app: 'bullmq-worker.mjs' }));

/** Adds four jobs to a worker that has waited for some for longer than its commands wait. */
async function addFour(run: Run, given: Given = {}): Promise<void> {
  const { app = 'worker.cjs', concurrency = 3, client = {} } = given;
  const env = { CONCURRENCY: `${concurrency}`, CLIENT: JSON.stringify(client) };
  await using worker = await run.worker({ app, env });
  // By then many more commands wait in Redis than anybody listens for.
  await run.never(() => false, 8_000);
  await worker.tell('add');
  await worker.printed('added');
  const done = await worker.printed('completed', { times: 4, deadlineMs: 6_000 });
  run.job({
    name: 'numbers.double',
    state: done ? 'completed' : 'pending',
    ...(done ? { result: 4, expected: 4 } : {}),
  });
  run.fact('completed', run.count('completed'));
  run.fact('active', (await run.counts('numbers')).active ?? 0);
}
