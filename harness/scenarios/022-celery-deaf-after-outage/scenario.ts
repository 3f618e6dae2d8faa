import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

const connected = 'Connected to redis';

claim('worker-stays-deaf', survive);
claim('newer-kombu-resumes', survive);
claim('newest-resumes', survive);
claim('restarted-worker-resumes', async (run) => {
  const deaf = await run.worker();
  await outage(run);
  await deaf.printed(connected, { times: 2 });
  const sent = await run.add('tasks.double', [3]);
  await deaf.stop();
  await using _fresh = await run.worker({ name: 'fresh' });
  await sent.settled({ expect: 6 });
});

/** Gives a worker a task, takes Redis away for a while, and gives it another. */
async function survive(run: Run): Promise<void> {
  await using worker = await run.worker();
  await run.submit('tasks.double', [2], { expect: 4 });
  await outage(run);
  run.fact('says that it is connected', await worker.printed(connected, { times: 2 }));
  await run.submit('tasks.double', [3], { expect: 6, deadlineMs: 8_000 });
  run.fact('worker still runs', worker.exit === undefined);
  run.fact('tasks waiting', (await run.counts('celery')).waiting ?? 0);
  run.fact('clients waiting for tasks', await listening(run));
}

function outage(run: Run): Promise<void> {
  return run.outage({ lastsMs: 3_000 });
}

/** As the check of the page counts them. */
async function listening({ redis }: Run): Promise<number> {
  const clients = String(await redis.client('LIST'));
  return clients.split(/\r?\n/).filter((client) => / flags=b .*cmd=brpop/.test(client)).length;
}
