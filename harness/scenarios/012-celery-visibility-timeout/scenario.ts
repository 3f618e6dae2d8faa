import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

const hour = 3_600;
/** How far the ETA of a task is away, in seconds: more than a second worker needs to start. */
const countdown = 15;

claim('late-task-runs-twice', (run) => outlast(run, 'tasks.late'));
claim('longer-timeout-runs-once', (run) => outlast(run, 'tasks.late', { first: hour }));
claim('shortest-timeout-decides', (run) => outlast(run, 'tasks.late', { first: hour, second: 1 }));
claim('early-ack-runs-once', (run) => outlast(run, 'tasks.early'));
claim('early-ack-runs-twice-in-solo', (run) => outlast(run, 'tasks.early'));
claim('task-with-eta-runs-twice', (run) => awaitEta(run, 1));
claim('task-with-eta-runs-once', (run) => awaitEta(run, hour));
claim('task-of-a-killed-worker-waits-for-the-timeout', (run) => lose(run, hour));
claim('then-another-worker-does-it', (run) => lose(run, 1));

/** Lets a task take longer than a second, and starts a second worker then. */
async function outlast(
  run: Run,
  task: string,
  { first = 1, second = first }: { first?: number; second?: number } = {},
): Promise<void> {
  await using holder = await start(run, 'first', first);
  const sent = await run.add(task, [2]);
  await holder.printed('at it');
  await heldForLong(run);
  await using other = await start(run, 'second', second);
  const workers = [holder, other];
  await run.printed('at it', { times: 2, of: workers, deadlineMs: 4_000 });
  run.fact('at it at once', run.count('at it', workers));
  await run.flag('go on');
  await sent.settled({ expect: 4 });
  await noteRuns(run, workers);
}

async function awaitEta(run: Run, timeout: number): Promise<void> {
  await run.flag('go on');
  await using first = await start(run, 'first', timeout);
  const sent = await run.add('tasks.early', [2], { options: { countdown } });
  await first.printed('received');
  await heldForLong(run);
  await using second = await start(run, 'second', timeout);
  await sent.settled({ expect: 4, deadlineMs: 40_000 });
  await noteRuns(run, [first, second]);
}

/** Kills a worker as a power cut would, and starts another. */
async function lose(run: Run, timeout: number): Promise<void> {
  const first = await start(run, 'first', timeout);
  const sent = await run.add('tasks.late', [2]);
  await first.printed('at it');
  await first.kill();
  await heldForLong(run);
  await run.flag('go on');
  await using _second = await start(run, 'second', timeout);
  await sent.settled({ expect: 4, deadlineMs: 5_000 });
  run.fact('tasks unacknowledged', (await run.counts('celery')).unacknowledged ?? 0);
}

function start(run: Run, name: string, timeout: number): Promise<Actor> {
  return run.worker({ name, env: { VISIBILITY_TIMEOUT: `${timeout}` } });
}

/** Waits until the message of a task has been unacknowledged for longer than a second, unless it is acknowledged soon. */
async function heldForLong(run: Run): Promise<void> {
  const isHeldForLong = async () => {
    const [, since] = await run.redis.zrange('unacked_index', '0', '0', 'WITHSCORES');
    return since !== undefined && Date.now() / 1_000 - Number(since) > 1.5;
  };
  await run.until(isHeldForLong, { deadlineMs: 4_000 });
}

/** Notes what both logs say of the task, once as many have done it as had taken it. */
async function noteRuns(run: Run, workers: Actor[]): Promise<void> {
  const received = run.count(/ received$/, workers);
  await run.printed('succeeded in', { times: received, of: workers });
  run.facts({ received, succeeded: run.count('succeeded in', workers) });
  const ids = workers.flatMap(({ lines }) =>
    lines.flatMap((line) => /\[(\S+)\] succeeded in/.exec(line)?.[1] ?? []),
  );
  run.fact('task ids', new Set(ids).size);
}
