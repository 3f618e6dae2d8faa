import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';
import { noteLockChecks } from '../bullmq-lock-checks.ts';

claim('evicted-lock-loses-the-job', (run) => fillUnderJob(run, run.broker));
claim('volatile-policy-is-safe', (run) => fillUnderJob(run, run.broker));
claim('noeviction-works', (run) => fillUnderJob(run, run.broker));
claim('set-at-run-time-works', async (run) => {
  await run.redis.config('SET', 'maxmemory-policy', 'noeviction');
  await fillUnderJob(run, run.broker);
});
claim('cache-on-another-server-works', async (run) => {
  await using cache = await run.redisServer({ config: run.broker.config });
  await fillUnderJob(run, cache);
});
claim('allkeys-policy-loses-waiting-jobs', fillOverWaitingJobs);
claim('noeviction-keeps-waiting-jobs', fillOverWaitingJobs);

/** Fills the memory of a server while a job runs, until the lock of the job is gone. */
async function fillUnderJob(run: Run, full: Pick<Run, 'redis'>): Promise<void> {
  await using worker = await run.worker();
  const job = await run.add('numbers.double', [2]);
  await worker.printed('begun');
  await fill(full.redis, async () => (await run.redis.exists(`bull:numbers:${job.id}:lock`)) === 0);
  await full.redis.config('SET', 'maxmemory', '0');
  await job.settled({ expect: 4 });
  run.fact('begun', run.count('begun', [worker]));
  run.fact('warned at start', run.count('IMPORTANT! Eviction policy is', [worker]) > 0);
  await noteLockChecks(run);
}

/** Fills the memory while 50 jobs wait, until the first of them is gone, and then starts a worker. */
async function fillOverWaitingJobs(run: Run): Promise<void> {
  const first = await run.add('numbers.double', [2]);
  const others = Array.from({ length: 49 }, (_, index) => [index]);
  const ids = [first.id, ...(await run.addBulk('numbers.double', others))];
  const kept = () => run.redis.exists(...ids.map((id) => `bull:numbers:${id}`));
  await fill(run.redis, async () => (await run.redis.exists(`bull:numbers:${first.id}`)) === 0);
  await run.redis.config('SET', 'maxmemory', '0');
  run.fact('jobs lost', (await kept()) < ids.length);
  await using _worker = await run.worker();
  await first.settled({ expect: 4 });
}

/** Writes what a cache writes, until it has done harm, is refused, or has written 20 MB. */
async function fill(redis: Run['redis'], harmed: () => Promise<boolean>): Promise<void> {
  const value = 'x'.repeat(100_000);
  for (let count = 0; count < 200 && !(await harmed()); count++) {
    try {
      await redis.set(`cache:${count}`, value);
    } catch {
      return;
    }
  }
}
