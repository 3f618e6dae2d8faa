import type { Json } from '../../lab/engines/engine-programs.ts';
import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

claim('colon-is-refused', (run) => add(run, 'user:1'));
claim('three-colons-are-refused', (run) => add(run, 'app:user:1:email'));
claim('digits-are-refused', (run) => add(run, '42'));
claim('digits-are-refused-before', (run) => add(run, '42'));
claim('number-is-refused', (run) => add(run, 42));
claim('hyphen-works', (run) => add(run, 'user-1'));
claim('two-colons-work', (run) => add(run, 'app:user:1'));
claim('any-two-colons-are-refused', (run) => add(run, 'app:user:1'));
claim('older-version-takes-a-colon', (run) => add(run, 'user:1'));
claim('digits-behind-a-word-work', (run) => add(run, 'user-42'));

/** Adds a job with an id of its own to a queue that a worker serves. */
async function add(run: Run, jobId: Json): Promise<void> {
  await using _worker = await run.worker();
  await run.submit('numbers.double', [2], { options: { jobId }, expect: 4 });
  run.fact(
    'stored jobs',
    Object.values(await run.counts('numbers')).reduce((a, b) => a + b, 0),
  );
}
