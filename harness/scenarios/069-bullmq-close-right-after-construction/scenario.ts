import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('queue-leaks', (run) => close(run, 'Queue', 'no'));
claim('queue-crashes', (run) => close(run, 'Queue', 'no'));
claim('queue-ends', (run) => close(run, 'Queue', 'no'));
claim('ready-queue-ends', (run) => close(run, 'Queue', 'until ready'));
claim('worker-stays', (run) => close(run, 'Worker', 'no'));
claim('short-interval-ends', (run) => close(run, 'Worker', 'no', 1_000));
claim('worker-crashes', (run) => close(run, 'Worker', 'no'));
claim('worker-ends', (run) => close(run, 'Worker', 'no'));
claim('ready-worker-ends', (run) => close(run, 'Worker', 'until ready'));
claim('queue-events-end', (run) => close(run, 'QueueEvents', 'no'));

async function close(run: Run, made: string, wait: string, interval = 30_000): Promise<void> {
  const before = await countClients(run);
  await using program = await run.actor('close.mjs', {
    env: { CLASS: made, WAIT: wait, STALLED_INTERVAL: `${interval}` },
  });
  run.fact('closed', await program.printed('closed'));
  const ended = (await program.ended(10_000)) !== undefined;
  if (ended)
    await run.until(async () => (await countClients(run)) <= before, { deadlineMs: 2_000 });
  run.fact('connections left', (await countClients(run)) - before);
  run.job({
    name: `${made}.close`,
    state: ended ? 'completed' : 'pending',
    ...(ended ? { result: 'ended', expected: 'ended' } : {}),
  });
}

async function countClients({ redis }: Run): Promise<number> {
  return String(await redis.client('LIST'))
    .trim()
    .split(/\r?\n/).length;
}
