import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('without-redis-py-it-ends', (run) => double(run));
claim('with-redis-py-it-works', (run) => double(run));

async function double(run: Run): Promise<void> {
  await run.factsFrom(await run.actor('look_for_redis.py'));
  await using worker = await run.worker();
  await run.submit('tasks.double', [2], {
    expect: 4,
    giveUp: () => (worker.exit ? 'the worker had ended' : undefined),
  });
  run.fact('exit code', worker.exit?.code ?? 'none');
}
