import type { Json } from '../../lab/engines/engine-programs.ts';
import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';

const halfSecond = { every: 500 };

claim('repeat-runs-once', (run) => add(run, { repeat: halfSecond }));
claim('pattern-runs-once', (run) => add(run, { repeat: { pattern: '0 0 1 1 *' } }));
claim('add-throws', (run) => add(run, { repeat: halfSecond }));
claim('older-version-repeats', (run) => add(run, { repeat: halfSecond }));
claim('scheduler-repeats', (run) => add(run, { scheduler: { id: 'often', ...halfSecond } }));

/** Adds a job that is to be repeated, and looks whether it runs again within three seconds. */
async function add(run: Run, options: Readonly<Record<string, Json>>): Promise<void> {
  await using _worker = await run.worker();
  await run.submit('numbers.double', [2], { options, expect: 4 });
  run.fact('ran again', !(await run.never(() => run.count('begun') > 1, 3_000)));
  run.fact('schedules', await run.redis.zcard('bull:numbers:repeat'));
}
