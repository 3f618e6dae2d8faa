import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

claim('worker-ends-with-code-1', (run) => failOver(run, 'an error'));
claim('worker-ends-with-code-0', (run) => failOver(run, 'an error'));
claim('worker-goes-on', (run) => failOver(run, 'an error'));
claim('taken-for-a-lost-connection-works', (run) => failOver(run, 'a lost connection'));
claim('restart-works', async (run) => {
  await using old = await start(run, 'an error', 'old');
  await becomeReplica(run, old);
  await old.ended();
  await using _new = await start(run, 'an error', 'new');
  const { state } = await run.submit('tasks.double', [2], { expect: 4 });
  run.fact('new worker did the task', state === 'completed');
});

/** A worker that waits while its Redis becomes a replica for a moment. */
async function failOver(run: Run, takesItFor: string): Promise<void> {
  await using worker = await start(run, takesItFor);
  await becomeReplica(run, worker);
  await run.submit('tasks.double', [2], {
    expect: 4,
    giveUp: () => (worker.exit ? 'the worker had ended' : undefined),
  });
  run.fact('worker has ended', worker.exit !== undefined);
  run.fact('exit code', worker.exit?.code ?? 'none');
}

function start(run: Run, takesItFor: string, name = 'worker'): Promise<Actor> {
  return run.worker({ name, env: { TAKES_IT_FOR: takesItFor } });
}

async function becomeReplica(run: Run, worker: Actor): Promise<void> {
  await run.until(async () => /blocked_clients:[1-9]/.test(await run.redis.info('clients')));
  await using _ = await run.broken('readonly');
  await worker.printed(/UNBLOCKED|Connection to broker lost/);
}
