import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

const pickle = { options: { serializer: 'pickle' } };
/** Messages as of Celery 3, and of clients in other languages. */
const oldProtocol = { ...pickle, client: { task_protocol: 1 } };
const lenient = settings({ accept_content: ['json', 'pickle'] });
const picklesTasks = settings({ accept_content: ['json', 'pickle'], task_serializer: 'pickle' });

claim('pickled-task-is-discarded', (run) => double(run, {}, pickle));
claim('json-task-works', (run) => double(run));
claim('accepting-pickle-works', (run) => double(run, lenient, pickle));
claim('old-protocol-is-discarded', (run) => double(run, {}, oldProtocol));
claim('discarded-task-does-not-come-back', async (run) => {
  const strict = await run.worker();
  await run.add('tasks.double', [2], pickle);
  await strict.printed('discarded');
  await strict.stop();
  await using worker = await run.worker({ name: 'lenient', env: lenient });
  await run.submit('tasks.double', [3], { ...pickle, expect: 6 });
  run.fact('tasks that ran', run.count('succeeded in', [worker]));
});
claim('pickled-result-is-refused', (run) => double(run, settings({ result_serializer: 'pickle' })));
claim('worker-dies-beside-one-that-pickles', (run) => startBeside(run, picklesTasks));
claim('worker-starts-beside-one-with-json', (run) => startBeside(run, {}));
claim('without-mingle-it-starts', (run) => startBeside(run, picklesTasks, ['--without-mingle']));
claim('accepting-pickle-it-starts', (run) => startBeside(run, picklesTasks, [], lenient));
claim('starts-once-the-other-has-stopped', async (run) => {
  const old = await run.worker({ name: 'old', env: picklesTasks });
  await old.stop();
  await double(run);
});

async function double(run: Run, env = {}, send = {}): Promise<void> {
  await using worker = await run.worker({ env });
  const { error = 'none' } = await run.submit('tasks.double', [2], {
    ...send,
    expect: 4,
    giveUp: () => refusedBy(worker),
  });
  run.fact('error', error.split(':')[0] ?? error);
  run.fact('worker still runs', worker.exit === undefined);
  await run.until(async () => (await run.counts('celery')).unacknowledged === 0);
  run.fact('tasks waiting', (await run.counts('celery')).waiting ?? 0);
}

/** A worker with a queue of its own starts while another runs, which answers its greeting. */
async function startBeside(
  run: Run,
  oldEnv: Record<string, string>,
  args: string[] = [],
  env = {},
): Promise<void> {
  await using _old = await run.worker({ name: 'old', env: oldEnv });
  await using fresh = await run.worker({ name: 'new', args: ['-Q', 'mine', ...args], env });
  await run.submit('tasks.double', [2], {
    expect: 4,
    options: { queue: 'mine' },
    giveUp: () => (fresh.exit === undefined ? undefined : 'the new worker has ended'),
  });
  run.fact('new worker still runs', fresh.exit === undefined);
}

function refusedBy(worker: Actor): string | undefined {
  return worker.lines.some((line) => line.includes('Refusing to deserialize'))
    ? 'the worker has refused it'
    : undefined;
}

/** For the app of a worker, which takes pickle as root only if it is told to. */
function settings(all: Record<string, unknown>): Record<string, string> {
  return { C_FORCE_ROOT: '1', SETTINGS: JSON.stringify(all) };
}
