import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('killed-child-fails-its-job-elsewhere', (run) => doubleTwo(run, 'killed'));
claim('killed-child-fails-its-job-on-windows', (run) => doubleTwo(run, 'killed'));
claim('full-memory-fails-the-job-elsewhere', (run) => doubleTwo(run, 'with its memory full'));
claim('full-memory-fails-the-job-on-windows', (run) => doubleTwo(run, 'with its memory full'));
claim('exit-in-a-processor-fails-the-job', (run) => doubleTwo(run, 'by exit'));
claim('more-memory-works', (run) => doubleTwo(run, 'with its memory full', 1024));
claim('second-attempt-works', (run) => doubleTwo(run, 'killed', 64, { attempts: 2 }));

async function doubleTwo(run: Run, ends: string, megabytes = 64, options = {}): Promise<void> {
  await using worker = await run.worker({ env: { ENDS: ends, MEGABYTES: `${megabytes}` } });
  const wait = { expect: 4, deadlineMs: 60_000 };
  const job = await run.submit('numbers.double', [2], { options, ...wait });
  run.fact('worker still runs', worker.exit === undefined);
  run.fact('error', job.error ?? 'none');
}
