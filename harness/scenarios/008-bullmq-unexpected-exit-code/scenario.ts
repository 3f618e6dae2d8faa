import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('killed-child-fails-its-job-elsewhere', (run) => doubleTwo(run, 'killed'));
claim('killed-child-fails-its-job-on-windows', (run) => doubleTwo(run, 'killed'));
claim('full-memory-fails-the-job-elsewhere', (run) => doubleTwo(run, 'with its memory full'));
claim('full-memory-fails-the-job-on-windows', (run) => doubleTwo(run, 'with its memory full'));
claim('exit-in-a-processor-fails-the-job', (run) => doubleTwo(run, 'by exit'));
claim('more-memory-works', (run) => doubleTwo(run, 'with its memory full', 1024));
claim('second-attempt-works', async (run) => {
  await using worker = await start(run, 'killed');
  const client = { args: [], until: 'result', deadlineMs: 60_000 };
  await using retry = await run.actor('retry.mjs', client);
  run.fact('worker still runs', worker.exit === undefined);
  const result = /result (.*)/.exec(retry.lines.join('\n'))?.[1];
  run.job({
    name: 'numbers.double(2)',
    state: result === undefined ? 'pending' : 'completed',
    result: Number(result),
    expected: 4,
  });
});

function start(run: Run, ends: string, megabytes = 64) {
  return run.worker({ env: { ENDS: ends, MEGABYTES: `${megabytes}` } });
}

async function doubleTwo(run: Run, ends: string, megabytes?: number): Promise<void> {
  await using worker = await start(run, ends, megabytes);
  const job = await run.submit('numbers.double', [2], { expect: 4, deadlineMs: 60_000 });
  if (job.state === 'failed') await worker.printed('Job failed');
  run.fact('worker still runs', worker.exit === undefined);
  run.fact('error', (await run.redis.hget('bull:numbers:1', 'failedReason')) ?? 'none');
}
