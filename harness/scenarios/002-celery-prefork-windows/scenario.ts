import { claim } from '../../scenario/claim.ts';
import type { Actor, Run } from '../../scenario/run.ts';
import type { WorkerOptions } from '../../lab/engines/engine-programs.ts';
import {
  childrenStarted,
  exceptionOf,
  giveUpOnDyingChildren,
  notePool,
  noteWhoHoldsTheTask,
} from '../celery-observations.ts';
import {
  importInSilence,
  importQueued,
  importQueuedLate,
  importThroughFault,
  importWhileBrokerDies,
  importWithoutBroker,
} from './import-through-fault.ts';
import { noteCall } from './note-call.ts';
import { tryLocks } from './try-locks.ts';

/** What the claims about remedies start the worker with. */
const announced: WorkerOptions = { env: { FORKED_BY_MULTIPROCESSING: '1' } };
const base: WorkerOptions = { app: 'base_interpreter' };
const kept: WorkerOptions = { app: 'kept_prefork' };
const setting: WorkerOptions = { app: 'solo_setting', poolFromSettings: true };

claim('prefork-fails-in-a-venv', (run) => countChildren(run));
claim('old-prefork-fails-silently-in-a-venv', (run) => countChildren(run));
claim('task-stays-unacknowledged-in-a-venv', (run) => watchTheTask(run));
claim('old-prefork-fails-outside-a-venv', (run) => watchTheTask(run));
claim('celery-5-2-does-not-start-on-python-3-13', async (run) => {
  await using worker = await run.worker({ until: 'exit' });
  run.fact('exception', exceptionOf(worker.lines));
  await submitTo(worker, run);
});
claim('prefork-works-without-a-venv', (run) => addTwoNumbers(run));

claim('solo-works-on-windows', (run) => addTwoNumbers(run));
claim('threads-work-on-windows', (run) => addTwoNumbers(run));
claim('gevent-works-on-windows', (run) => addTwoNumbers(run));
claim('eventlet-works-on-windows', (run) => addTwoNumbers(run));
claim('worker-pool-setting-works-on-windows', (run) => addTwoNumbers(run, setting));
claim('django-setting-works-on-windows', (run) => addInDjango(run));

claim('environment-variable-does-not-help-in-a-venv', (run) => countChildren(run, announced));
claim('environment-variable-does-not-help-old-celery-in-a-venv', (run) =>
  countChildren(run, announced),
);
claim('environment-variable-helps-outside-a-venv', (run) => addTwoNumbers(run, announced));
claim('prefork-works-with-base-interpreter', (run) => addTwoNumbers(run, base));
claim('base-interpreter-alone-does-not-help-old-celery', (run) => watchTheTask(run, base));
claim('both-remedies-work', (run) => addTwoNumbers(run, { ...base, ...announced }));

claim('snippet-keeps-prefork-on-windows', (run) => addTwoNumbers(run, kept));
claim('snippet-keeps-prefork-in-django-on-windows', (run) => addInDjangoWithPrefork(run));
claim('snippet-does-no-harm-elsewhere', (run) => noteWhatChanged(run));
claim('snippet-acts-where-it-is-told-windows', (run) =>
  noteWhatChanged(run, { PRETEND_PLATFORM: 'win32' }),
);
claim('snippet-does-no-harm-in-django-elsewhere', (run) => addInDjangoWithPrefork(run));

claim('handles-mean-something-else-in-a-venv', (run) => tryLocks(run));
claim('handles-are-right-with-keep-prefork', (run) => tryLocks(run, '--keep-prefork'));
claim('multiprocessing-hands-them-over', (run) => tryLocks(run, '--multiprocessing'));

claim('spawned-prefork-fails', (run) => watchTheTask(run));
claim('task-stays-in-the-queue', (run) => watchTheTask(run));
claim('solo-works', (run) => addTwoNumbers(run));
claim('threads-work', (run) => addTwoNumbers(run));
claim('gevent-works', (run) => addTwoNumbers(run));
claim('eventlet-works', (run) => addTwoNumbers(run));
claim('worker-pool-setting-works', (run) => addTwoNumbers(run, setting));
claim('django-setting-works', (run) => addInDjango(run, { SOLO_PLATFORM: run.cell.platform }));
claim('django-setting-spares-other-platforms', (run) => addInDjango(run));
claim('reload-works', async (run) => {
  await using worker = await run.worker({ args: ['--reload'] });
  notePool(run, worker);
  await run.submit('tasks.add', [3, 1], { expect: 4, deadlineMs: 5_000 });
});
claim('prefork-works-on-linux', (run) => addTwoNumbers(run));
claim('prefork-works-in-a-container', (run) => addTwoNumbers(run));

claim('call-returns-at-once', (run) => noteCall(run));
claim('call-blocks-while-the-broker-is-down', async (run) => {
  await run.broker.break('down');
  await noteCall(run);
});
claim('retry-false-gives-up-at-once', async (run) => {
  await run.broker.break('down');
  await noteCall(run, ['--no-retry']);
});
claim('call-raises-operational-error', async (run) => {
  await run.broker.break('down');
  await noteCall(run);
});
claim('call-without-result-gives-up-at-once', async (run) => {
  await run.broker.break('down');
  await noteCall(run, ['--ignore-result']);
});
claim('settings-give-up-at-once', async (run) => {
  await run.broker.break('down');
  await noteCall(run, ['--give-up-early']);
});
claim('call-blocks-while-the-broker-is-silent', async (run) => {
  await run.broker.break('silent');
  await noteCall(run);
});
claim('settings-give-up-on-a-silent-broker', async (run) => {
  await run.broker.break('silent');
  await noteCall(run, ['--give-up-early']);
});

claim('import-is-queued', importQueued);
claim('import-is-queued-in-postgresql', importQueued);
claim('import-runs-at-once-without-a-broker', importWithoutBroker);
claim('import-survives-a-broker-that-is-down', (run) => importThroughFault(run, 'down'));
claim('import-survives-a-broker-that-is-full', (run) => importThroughFault(run, 'oom'));
claim('import-survives-a-broker-that-is-silent', importInSilence);
claim('import-survives-a-broker-that-dies-with-it', importWhileBrokerDies);
claim('import-queued-late-counts-once', importQueuedLate);

async function addTwoNumbers(run: Run, options?: WorkerOptions): Promise<void> {
  await using worker = await run.worker(options);
  await submitTo(worker, run);
}

/** In a pool of two it comes to pass that both children wait in vain, and nothing is replaced or logged. */
async function countChildren(run: Run, options?: WorkerOptions): Promise<void> {
  const places = 4;
  await using worker = await run.worker({ ...options, concurrency: places });
  await submitTo(worker, run, { places });
  run.fact('children started', childrenStarted(worker));
}

async function addInDjango(run: Run, env: Record<string, string> = {}): Promise<void> {
  await using worker = await run.worker({ app: 'config', poolFromSettings: true, env });
  await submitTo(worker, run, { task: 'portfolios.tasks.add' });
}

/** The project of the other claims about Django, where no platform is meant to get solo. */
async function addInDjangoWithPrefork(run: Run): Promise<void> {
  const env = { SOLO_PLATFORM: 'none' };
  await using worker = await run.worker({
    app: 'config_with_prefork',
    poolFromSettings: true,
    env,
  });
  await submitTo(worker, run, { task: 'portfolios.tasks.add' });
}

async function noteWhatChanged(run: Run, env: Record<string, string> = {}): Promise<void> {
  await using worker = await run.worker({ ...kept, env });
  const told = /^keep_prefork changed: (.*)/m.exec(worker.lines.join('\n'));
  run.fact('changed', told?.[1] ?? 'not told');
  await submitTo(worker, run);
}

async function watchTheTask(run: Run, options?: WorkerOptions): Promise<void> {
  await using worker = await run.worker(options);
  await noteWhoHoldsTheTask(run, await submitTo(worker, run));
}

function submitTo(
  worker: Actor,
  run: Run,
  { task = 'tasks.add', places }: { task?: string; places?: number } = {},
): ReturnType<Run['submit']> {
  notePool(run, worker);
  return run.submit(task, [3, 1], { expect: 4, giveUp: giveUpOnDyingChildren(worker, places) });
}
