import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('terminated-child-fails-its-job', (run) => duringTheJob(run, 'terminate the child'));
claim('forced-close-fails-the-job', (run) => duringTheJob(run, 'close by force'));
claim('close-skips-the-clean-up', (run) => duringTheJob(run, 'close'));
claim('job-works-undisturbed', (run) => duringTheJob(run, 'nothing'));

claim('forced-close-works-in-threads', (run) => duringTheJob(run, 'close by force'));
claim('close-cleans-up-in-threads', (run) => duringTheJob(run, 'close'));
claim('forced-close-fails-in-threads-before-6-7-0', (run) => duringTheJob(run, 'close by force'));
claim('close-skips-the-clean-up-in-threads-before-6-7-0', (run) => duringTheJob(run, 'close'));

claim('terminated-child-finishes-its-job-elsewhere', (run) =>
  duringTheJob(run, 'terminate the child'),
);
claim('forced-close-works-elsewhere', (run) => duringTheJob(run, 'close by force'));
claim('close-cleans-up-elsewhere', (run) => duringTheJob(run, 'close'));

/** Has a number doubled, while the worker does something to the child or thread that doubles it. */
async function duringTheJob(run: Run, action: string): Promise<void> {
  await using worker = await run.worker({ env: { ACTION: action } });
  const job = await run.submit('numbers.double', [2], { expect: 4 });
  if (action.startsWith('close')) await worker.printed('closed, and');
  const end = worker.lines.find((line) => line.startsWith('closed, and')) ?? '';
  run.fact('worker has closed', end !== '');
  run.fact('processor has cleaned up', end.endsWith('has cleaned up'));
  run.fact('error', job.error ?? 'none');
}
