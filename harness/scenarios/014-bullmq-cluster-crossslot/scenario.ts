import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

const plain = { QUEUE: 'numbers', PREFIX: 'bull', CLIENT: 'for clusters' };

claim('no-braces-fail', (run) => double(run, plain));
claim('client-of-one-node-fails', (run) =>
  double(run, { ...plain, PREFIX: '{app}', CLIENT: 'plain' }),
);
claim('prefix-in-braces-works', (run) => double(run, { ...plain, PREFIX: '{app}' }));
claim('queue-in-braces-works', (run) => double(run, { ...plain, QUEUE: '{numbers}' }));
claim('braces-work-without-a-cluster', (run) =>
  double(run, { ...plain, PREFIX: '{app}', CLIENT: 'plain' }),
);

async function double(run: Run, env: typeof plain): Promise<void> {
  await using worker = await run.worker({ env });
  await run.submitBy('add.mjs', { job: 'double(2)', expect: 4, env, deadlineMs: 10_000 });
  run.fact('worker still runs', worker.exit === undefined);
  run.fact('worker complains', run.count('Worker error', [worker]) > 0);
}
