import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

const kept = { FINISHED_JOBS: 'kept' };
const removed = { FINISHED_JOBS: 'removed' };

claim('added-again-stops', (run) => addAgain(run, kept));
claim('added-again-stops-without-finished-jobs', (run) => addAgain(run, removed));
claim('added-again-goes-on', (run) => addAgain(run, kept));
claim('added-again-goes-on-without-finished-jobs', (run) => addAgain(run, removed));
claim('replaced-stops', (run) => replace(run, kept));
claim('replaced-goes-on', (run) => replace(run, kept));
claim('replaced-goes-on-without-finished-jobs', (run) => replace(run, removed));
claim('each-call-runs-the-job', addThreeTimes);
claim('one-slot-is-one-run', addThreeTimes);
claim('repeated-job-loses-its-data', repeat);
claim('repeated-job-keeps-its-data', repeat);
claim('four-at-once-run-four-times', async (run) => {
  await using instance = await start(run, kept);
  await change(instance, 'add from four at once');
  run.fact('runs in the first slot', await runsWithin(run, 300));
  await goOn(run);
});

const start = (run: Run, env: Readonly<Record<string, string>>) =>
  run.worker({ app: 'instance.mjs', env });

async function change(instance: Actor, what: string): Promise<void> {
  await instance.tell(what);
  await instance.printed(`done: ${what}`);
}

/** A schedule that has run for some time is added again, as each start of an application does. */
async function addAgain(run: Run, env: Readonly<Record<string, string>>): Promise<void> {
  await using instance = await start(run, env);
  await change(instance, 'add');
  await instance.printed('begun', { times: 2 });
  await change(instance, 'add again');
  // Up to 5.39.2 the call itself makes it run.
  await runsWithin(run, 500);
  await goOn(run);
}

async function replace(run: Run, env: Readonly<Record<string, string>>): Promise<void> {
  await using instance = await start(run, env);
  await change(instance, 'replace');
  await runsWithin(run, 200);
  await goOn(run);
}

async function addThreeTimes(run: Run): Promise<void> {
  await using instance = await start(run, { EVERY: '2000', ...kept });
  await change(instance, 'add three times');
  const runs = await runsWithin(run, 300);
  run.fact('runs in one slot', runs);
  run.job({ name: 'clock.tick', state: 'completed', result: runs, expected: 1 });
}

async function repeat(run: Run): Promise<void> {
  await using instance = await start(run, kept);
  await change(instance, 'repeat');
  await run.printed('begun', { times: 2 });
  const runs = run.count('begun with 12');
  run.fact('runs with data', runs);
  run.job({ name: 'clock.tick', state: 'completed', result: runs, expected: 2 });
}

/** How often the job has run when so much more time has passed. */
async function runsWithin(run: Run, ms: number): Promise<number> {
  await run.never(() => false, ms);
  return run.count('begun');
}

/** Looks whether the job runs twice more: a last delayed job may be left of a schedule that has come to its end. */
async function goOn(run: Run): Promise<void> {
  const before = run.count('begun');
  const goesOn = await run.until(() => run.count('begun') >= before + 2, { deadlineMs: 4_500 });
  run.job({
    name: 'clock.tick',
    state: goesOn ? 'completed' : 'pending',
    ...(goesOn ? { result: 'ran twice more', expected: 'ran twice more' } : {}),
  });
  const { delayed = 0, waiting = 0 } = await run.counts('clock');
  run.fact('job for the next run', delayed + waiting > 0);
  run.fact('schedules', await run.redis.zcard('bull:clock:repeat'));
}
