import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';

interface Options {
  /** Of ioredis. */
  readonly client?: object;
  /** Of BullMQ's Queue. */
  readonly queue?: object;
  /** Default: one. */
  readonly attempts?: number;
  /** Whether it adds when it is told to, once it is connected. */
  readonly told?: boolean;
}

const offline = { client: { enableOfflineQueue: false } };
const two = { ...offline, queue: { skipWaitingForReady: true } };
const three = { ...offline, queue: { skipWaitingForReady: true, skipVersionCheck: true } };

claim('add-hangs', (run) => addDuringOutage(run));
claim('add-hangs-from-the-start', (run) => addFromTheStart(run));
claim('one-retry-fails', (run) => addDuringOutage(run, { client: { maxRetriesPerRequest: 1 } }));
claim('command-timeout-fails', (run) =>
  addDuringOutage(run, { client: { commandTimeout: 1_000 } }),
);
claim('no-offline-queue-fails', (run) => addDuringOutage(run, offline));
claim('no-offline-queue-hangs-from-the-start', (run) => addFromTheStart(run, offline));
claim('two-options-break-the-queue', (run) => addInSomeAttempts(run, two));
claim('three-options-fail-from-the-start', (run) => addFromTheStart(run, three));
claim('three-options-work', (run) => addInSomeAttempts(run, three));
claim('three-options-recover', async (run) => {
  const down = await run.broken('down');
  await using program = await start(run, { ...three, attempts: 200 });
  run.fact('threw', await program.printed('enableOfflineQueue'));
  await down[Symbol.asyncDispose]();
  await note(run, program, 20_000);
});
claim('job-is-added-afterwards', async (run) => {
  await using program = await start(run, { told: true });
  const down = await run.broken('down');
  await program.tell('add');
  run.fact('hung', await run.never(() => program.exit !== undefined, 2_000));
  await down[Symbol.asyncDispose]();
  await note(run, program, 20_000);
});

function start(run: Run, options: Options = {}): Promise<Actor> {
  const { client = {}, queue = {}, attempts = 1, told = false } = options;
  const env = {
    CLIENT: JSON.stringify(client),
    QUEUE: JSON.stringify(queue),
    ATTEMPTS: `${attempts}`,
    TOLD: told ? 'yes' : 'no',
  };
  return run.actor('add.mjs', { env, ...(told && { until: 'ready' }) });
}

async function addDuringOutage(run: Run, options?: Options): Promise<void> {
  await using program = await start(run, { ...options, told: true });
  await using _down = await run.broken('down');
  await program.tell('add');
  await note(run, program);
}

async function addFromTheStart(run: Run, options?: Options): Promise<void> {
  await using _down = await run.broken('down');
  await using program = await start(run, options);
  await note(run, program);
}

/** Redis is there; the first attempt may come before the client is connected. */
async function addInSomeAttempts(run: Run, options: Options): Promise<void> {
  await using program = await start(run, { ...options, attempts: 20 });
  await note(run, program, 10_000);
}

async function note(run: Run, program: Actor, deadlineMs = 6_000): Promise<void> {
  const state = await program.json('state', deadlineMs);
  const error = await program.json('error', 1);
  const seconds = await program.json('seconds', 1);
  if (typeof seconds === 'number') run.fact('seconds', seconds);
  run.fact('came to an end', state !== undefined);
  run.job({
    name: 'queue.add',
    state: state === 'completed' ? 'completed' : state === 'failed' ? 'failed' : 'pending',
    ...(typeof error === 'string' && { error }),
    ...(state === 'completed' && { result: 'added', expected: 'added' }),
  });
}
