import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

claim('exit-leaves-the-job-active', (run) => double(run, 'by exit'));
claim('older-version-fails-the-job', (run) => double(run, 'by exit'));
claim('job-stalls', (run) => double(run, 'by exit'));
claim('thrown-error-works', (run) => double(run, 'by an error'));
claim('restart-works', async (run) => {
  await using old = await start(run, 'by exit');
  const job = await run.add('numbers.double', [2]);
  run.fact('was begun', await old.printed('begun'));
  await old.kill();
  await using _new = await start(run, 'well', [], 'new');
  await job.settled({ expect: 4 });
});

/** Gives a job that may be tried twice to a worker, with a second one at hand, and looks at it after seven lengths of its lock. */
async function double(run: Run, ends: string, flags: readonly string[] = []): Promise<void> {
  await using worker = await start(run, ends, flags);
  const job = await run.add('numbers.double', [2], { options: { attempts: 2 } });
  await worker.printed('begun');
  await using _second = await start(run, 'well', flags, 'second');
  const { error } = await job.settled({ expect: 4, deadlineMs: 7_000 });
  run.fact('error', error ?? 'none');
  run.fact('begun', run.count('begun'));
  run.fact('told the exit code', run.count('Job failed: Unexpected exit code: 3') > 0);
  run.fact('active', (await run.counts('numbers')).active ?? 0);
  run.fact('locked', (await run.redis.exists('bull:numbers:1:lock')) === 1);
  run.fact('worker still runs', worker.exit === undefined);
}

function start(
  run: Run,
  ends: string,
  flags: readonly string[] = [],
  name = 'worker',
): Promise<Actor> {
  return run.worker({ name, env: { ENDS: ends, FLAGS: JSON.stringify(flags) } });
}
