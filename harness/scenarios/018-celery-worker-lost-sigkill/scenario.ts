import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

const killed = /exited with 'signal 9 \(SIGKILL\)'/;
/** More than a worker with its two children and a small task needs. */
const little = { memoryMegabytes: 250 };

claim('task-that-needs-too-much-is-killed', (run) => takeMemory(run, { limits: little }));
claim('enough-memory-works', (run) => takeMemory(run, { limits: { memoryMegabytes: 1_200 } }));
claim('max-memory-per-child-prevents-it', (run) =>
  takeMemory(run, { limits: little, env: { MAX_MEMORY_KB: '150000' } }),
);
claim('acks-late-does-not-run-it-again', (run) => endTheFirstTime(run, 'tasks.late'));
claim('reject-on-worker-lost-runs-it-again', (run) => endTheFirstTime(run, 'tasks.rejected'));
claim('hopeless-task-is-killed-again-and-again', async (run) => {
  await using worker = await run.worker();
  const sent = await run.add('tasks.rejected_and_hopeless', []);
  run.fact('killed five times', await worker.printed(killed, { times: 5 }));
  await worker.kill();
  await sent.settled({ expect: null, deadlineMs: 1_000 });
});
claim('sigterm-is-named', (run) => look(run, 'tasks.end_by', ['SIGTERM']));
claim('segfault-is-named', (run) => look(run, 'tasks.end_by', ['SIGSEGV']));
claim('sys-exit-is-named', (run) => look(run, 'tasks.leave', [1]));
claim('hard-time-limit-is-named', (run) =>
  look(run, 'tasks.run_too_long', [], { until: 'Hard time limit' }),
);

async function takeMemory(run: Run, options: Parameters<Run['worker']>[0]): Promise<void> {
  await using worker = await run.worker(options);
  await run.submit('tasks.take_memory', [500], { expect: 500 * 2 ** 20 });
  await run.add('tasks.double', [2]);
  run.fact('next task done', await worker.printed(/tasks\.double\[.*succeeded/));
  run.fact('worker still runs', worker.exit === undefined);
  tellCausesApart(run, worker);
}

async function endTheFirstTime(run: Run, task: string): Promise<void> {
  await using _worker = await run.worker();
  await run.submit(task, [], { expect: 'second run' });
}

async function look(
  run: Run,
  task: string,
  args: (string | number)[],
  { env = {}, until }: { env?: Record<string, string>; until?: string | RegExp } = {},
): Promise<void> {
  await using worker = await run.worker({ env });
  await run.submit(task, args, { expect: null, deadlineMs: 5_000 });
  if (until !== undefined) await worker.printed(until);
  tellCausesApart(run, worker);
}

/** The words of the log by which the table of the page tells the causes apart. */
function tellCausesApart(run: Run, worker: Actor): void {
  const has = (text: string) => run.count(text, [worker]) > 0;
  run.facts({
    'lost by signal 9': has('prematurely: signal 9 (SIGKILL)'),
    'lost by signal 15': has('prematurely: signal 15 (SIGTERM)'),
    'lost by signal 11': has('prematurely: signal 11 (SIGSEGV)'),
    'lost by exitcode 1': has('prematurely: exitcode 1'),
    'hard time limit': has('Hard time limit (1s) exceeded'),
  });
}
