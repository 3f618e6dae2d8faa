import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

claim('multiprocessing-fails', (run) => double(run, 'tasks.multiprocessing_closed'));
claim('executor-fails', (run) => double(run, 'tasks.process_executor'));
claim('thread-executor-works', (run) => double(run, 'tasks.thread_executor'));
claim('pythonoptimize-works', (run) =>
  double(run, 'tasks.multiprocessing_closed', { PYTHONOPTIMIZE: '1' }),
);
claim('executor-in-threads-works', (run) => double(run, 'tasks.process_executor'));
claim('closed-pool-in-solo-works', (run) => double(run, 'tasks.multiprocessing_closed'));
claim('with-pool-in-solo-gets-stuck', (run) => double(run, 'tasks.multiprocessing_with'));

/** Of so many pools one after the other some get stuck, where they can. */
const times = 30;

async function double(run: Run, task: string, env = {}): Promise<void> {
  await using worker = await run.worker({ env });
  await run.submit(task, [times], {
    expect: [2, 4, 6],
    deadlineMs: 60_000,
    giveUp: noneForLong(run, worker),
  });
  run.facts({
    'worker still runs': worker.exit === undefined,
    'warm shutdown in the log': run.count('worker: Warm shutdown', [worker]) > 0,
  });
}

const pools = (run: Run, worker: Actor) => run.count('one pool done', [worker]);

/** A pool takes a tenth of a second: one that takes so long is stuck. */
function noneForLong(run: Run, worker: Actor): () => string | undefined {
  let last = { count: 0, at: Date.now() };
  return () => {
    const count = pools(run, worker);
    if (count > last.count) last = { count, at: Date.now() };
    return Date.now() - last.at > 8_000 ? `no pool in 8 s, after ${count}` : undefined;
  };
}
