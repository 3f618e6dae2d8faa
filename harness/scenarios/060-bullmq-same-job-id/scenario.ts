import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

const sameId = { jobId: 'user-1' };

claim('second-job-is-ignored', (run) => addTwo(run, sameId));
claim('add-tells-of-it', (run) => addTwo(run, sameId));
claim('removed-when-completed-works', (run) => addTwo(run, { ...sameId, removeOnComplete: true }));
claim('deduplication-works', (run) => addTwo(run, { deduplication: { id: 'user-1' } }));
claim('stalled-job-keeps-its-id', (run) => addAfterStalling(run, sameId));
claim('removed-when-failed-works', (run) =>
  addAfterStalling(run, { ...sameId, removeOnFail: true }),
);

/** Adds a second job when the first is done. */
async function addTwo(run: Run, options: object): Promise<void> {
  await using worker = await run.worker();
  await add(run, 2, options);
  await add(run, 3, options);
  run.fact('second was begun', run.count('begun with 3', [worker]) > 0);
}

/** Kills two workers in the middle of a job, lets the third find it stalled for good, and adds another. */
async function addAfterStalling(run: Run, options: object): Promise<void> {
  await run.add('numbers.double', [-1], { options: { ...options } });
  for (const name of ['first', 'second']) {
    const worker = await run.worker({ name });
    await worker.printed('begun with -1');
    await worker.kill();
  }
  await using third = await run.worker({ name: 'third' });
  run.fact('failed by stalling', await third.printed('Job failed'));
  await add(run, 3, options);
  run.fact('second was begun', run.count('begun with 3', [third]) > 0);
}

async function add(run: Run, number: number, options: object): Promise<void> {
  const [last] = await run.redis.xrevrange('bull:numbers:events', '+', '-', 'COUNT', 1);
  await run.submitBy('add.mjs', {
    job: `double ${number}`,
    expect: 2 * number,
    env: { NUMBER: `${number}`, OPTIONS: JSON.stringify(options), SINCE: last?.[0] ?? '0' },
  });
}
